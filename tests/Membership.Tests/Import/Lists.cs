using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;

namespace Association.Membership.Tests.Import;

/// <summary>Lists typed in a test, and what the importer makes of them.</summary>
internal static class Lists
{
    public static readonly DateOnly Today = new(2026, 11, 21);

    /// <summary>A sheet of text cells; <c>|</c> separates columns, an empty line is an empty row.</summary>
    public static ListDocument Typed(params string[] lines) =>
        new([new ListSheet("Tabelle1", Rows(lines.Select(l => l.Split('|').Select(c => ListCell.Of(c.Trim())).ToArray())))]);

    public static ListDocument Cells(params ListCell?[][] rows) => new([new ListSheet("Tabelle1", Rows(rows))]);

    public static ListCell Number(decimal value) => new(ListCellKind.Number, value.ToString(System.Globalization.CultureInfo.InvariantCulture), value);

    public static ListTable Table(this ListDocument document) => ListTable.Find(document, Today.Year)!;

    public static ListMapping Mapping(this ListDocument document, MappingChoices? chosen = null) =>
        MappingProposal.For(document.Table(), chosen ?? MappingChoices.None, MappingChoices.None, Today.Year);

    public static ImportPlan Plan(
        this ListDocument document,
        IReadOnlyCollection<MemberState>? known = null,
        RowDecisions? decisions = null,
        MappingChoices? chosen = null
    ) => new ImportPlanner(document.Table(), document.Mapping(chosen), decisions ?? RowDecisions.None, Today, NeededCounts.Usual).Plan(known ?? []);

    /// <summary>Every row is accounted for.</summary>
    public static int Accounted(this ImportPlan plan) => Enum.GetValues<Outcome>().Sum(plan.Count);

    private static List<ListRow> Rows(IEnumerable<ListCell?[]> rows) =>
        [
            .. rows.Select(
                    (cells, at) =>
                        new ListRow(
                            at + 1,
                            cells.Select((cell, column) => (cell, column)).Where(c => c.cell is not null).ToDictionary(c => c.column, c => c.cell!)
                        )
                )
                .Where(r => r.Cells.Count > 0),
        ];
}
