using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Board;

/// <summary><em>Fehlende Angaben</em>: values without which no dues can be calculated, and what imports left to clarify. As of today: what was missing once
/// is not kept.</summary>
internal sealed class MissingSheet(MembershipDb db, IStringLocalizer<BoardTexts> texts, IStringLocalizer<MembersTexts> members, IStringLocalizerFactory stored)
    : IBoardReportSheet
{
    private const string Open = $"""
        select m.number as Number, m.name as Name, {BoardCategories.Name} as Category, q.kind as Kind, q.text as Detail, q.created_at as At
          from membership.clarification q left join membership.member m on m.id = q.member_id left join membership.category c on c.code = m.category
         where q.state = 'open' order by m.name nulls last, q.created_at, q.id
        """;

    public int Order => 240;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var rows = new List<Row>();
        for (var year = reading.Period.To.Year; year <= reading.Period.To.Year + 1; year++)
            rows.AddRange(await ValuesAsync(year, ct));
        rows.AddRange(
            from q in await reading.Connection.QueryAsync<Question>(new CommandDefinition(Open, new { DuesReading.Language }, cancellationToken: ct))
            select new Row(
                q.Number,
                q.Name ?? texts["Missing.NotTakenOver"],
                q.Category,
                members["Clarification." + EnumText.Parse<ClarificationKind>(q.Kind)],
                stored.Say(q.Detail),
                q.At.ToBusinessDate()
            )
        );
        var table = new ReportColumns<Row>()
            .Text(texts["Column.Number"], r => r.Number)
            .Text(texts["Column.Name"], r => r.Name)
            .Text(texts["Column.Category"], r => r.Category)
            .Text(texts["Column.Missing"], r => r.Missing)
            .Text(texts["Column.Detail"], r => r.Detail)
            .Date(texts["Column.Since"], r => r.Since)
            .Table("FehlendeAngaben", rows);
        return new ReportSheet(texts["Missing.Sheet"], texts["Missing.Title", Formats.Of(reading.Today)], [texts["Missing.Note"]], table) { Main = table };
    }

    private async Task<List<Row>> ValuesAsync(int year, CancellationToken ct)
    {
        var missing = new List<Row>();
        if (await Regulations.ValidInAsync(db, year, ct) is not { } regulation)
            return missing;
        var names = await DuesReading.CategoryNamesAsync(db, ct);
        await foreach (var row in DuesCandidates.StreamAsync(db, regulation, year, null, ct))
            if (row.Outcome == DuesOutcome.MissingInput)
                missing.Add(
                    new Row(
                        row.Number,
                        row.Name,
                        names[row.Category],
                        texts["Missing.Value", year],
                        regulation.RuleOf(row.Category)?.NeededMeasure is { } measure
                            ? texts["Missing.Measure", StepTexts.Measure(measure, DuesReading.Language), Formats.Of(DuesRegulation.ReferenceDate(year))]
                            : texts["Missing.NoRule"],
                        null
                    )
                );
        return missing;
    }

    private sealed record Row(string? Number, string Name, string? Category, string Missing, string Detail, DateOnly? Since);

    private sealed class Question
    {
        public string? Number { get; init; }

        public string? Name { get; init; }

        public string? Category { get; init; }

        public string Kind { get; init; } = "";

        public string Detail { get; init; } = "";

        public DateTimeOffset At { get; init; }
    }
}
