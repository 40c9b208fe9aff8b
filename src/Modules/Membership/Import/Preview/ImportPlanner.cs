using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Preview;

/// <summary>What a person decided in the preview.</summary>
/// <param name="Cells">Cell (<c>N22</c>) to what it should say.</param>
/// <param name="OwnMembers">Rows that look like duplicates and are members of their own.</param>
internal sealed record RowDecisions(IReadOnlyDictionary<string, string> Cells, ISet<int> OwnMembers)
{
    public static readonly RowDecisions None = new(new Dictionary<string, string>(), new HashSet<int>());
}

/// <summary>Decides row by row what an import would do.</summary>
/// <param name="table">The list.</param>
/// <param name="mapping">What its columns mean.</param>
/// <param name="decisions">What a person decided about its rows.</param>
/// <param name="today">Business date.</param>
/// <param name="needed">Category to the count that its dues go by.</param>
internal sealed class ImportPlanner(ListTable table, ListMapping mapping, RowDecisions decisions, DateOnly today, IReadOnlyDictionary<string, string> needed)
{
    private readonly DateOnly _asOf = table.AsOf ?? today;

    private readonly int _duesYear = DuesYear(today);

    /// <summary>From April on an office prepares the next dues year; before that it still bills the present one.</summary>
    public static int DuesYear(DateOnly today) => today.Month >= 4 ? today.Year + 1 : today.Year;

    /// <param name="known">Every member there is.</param>
    public ImportPlan Plan(IReadOnlyCollection<MemberState> known)
    {
        var (rows, ignored) = ReadRows();
        var byNumber = known.ToDictionary(m => m.Number, StringComparer.OrdinalIgnoreCase);
        var members = new DuplicateFinder();
        foreach (var member in known)
            members.Add(EntryOf(member));
        var file = new DuplicateFinder();
        var rowOfNumber = new Dictionary<string, PlannedRow>(StringComparer.OrdinalIgnoreCase);
        var numbers = new FreeNumbers(known.Select(m => m.Number).Concat(rows.Select(r => r.Member.Number).OfType<string>()));
        var planned = new List<PlannedRow>(rows.Count);
        foreach (var row in rows)
        {
            var plan = PlanRow(row, byNumber, members, file, rowOfNumber, numbers);
            if (plan.Imported)
            {
                rowOfNumber.TryAdd(plan.Target!.Number, plan);
                file.Add(EntryOf(row));
            }
            planned.Add(plan);
        }
        return new ImportPlan(table, mapping, _asOf, _duesYear, planned, ignored, ColumnQuestions.Of(table, mapping, rows, needed));
    }

    private PlannedRow PlanRow(
        ReadRow row,
        Dictionary<string, MemberState> byNumber,
        DuplicateFinder members,
        DuplicateFinder file,
        Dictionary<string, PlannedRow> rowOfNumber,
        FreeNumbers numbers
    )
    {
        var listed = row.Member;
        if (row.Refused)
            return new PlannedRow(row.Row, Outcome.Refused, listed, null, null, [], row.Findings, []);
        var entry = EntryOf(row);
        if (listed.Number is { } number && rowOfNumber.TryGetValue(number, out var first))
            return SameNumber(row, entry, number, first);
        var match = listed.Number is { } key ? byNumber.GetValueOrDefault(key) : null;
        var own = match is not null || decisions.OwnMembers.Contains(row.Row);
        if (!own && file.Find(entry) is { } twin)
            return new PlannedRow(row.Row, Outcome.Duplicate, listed, null, null, [], row.Findings, [], twin);
        if (!own && members.Find(entry) is { } hit)
        {
            // A list without numbers names its members by name and address; anything less than the same name is for a person to decide.
            if (listed.Number is not null || hit.Reasons[0].Key != "SameName" || rowOfNumber.ContainsKey(hit.Entry.Number!))
                return new PlannedRow(row.Row, Outcome.Duplicate, listed, null, null, [], row.Findings, [], hit);
            match = byNumber[hit.Entry.Number!];
        }
        if (match is null)
        {
            var created = MemberMerge.Create(MemberId.New(), listed.Number ?? numbers.Next(), listed, _asOf);
            return new PlannedRow(row.Row, Outcome.New, listed, created, null, [], row.Findings, [.. RowTasks.Of(listed, created, isNews: true)]);
        }
        if (listed.Number is not null && IsSomebodyElse(entry, match))
        {
            var finding = new CellFinding(
                mapping.Column(MemberField.Number),
                MemberField.Number,
                match.Number,
                new Reason("NumberOfAnother", match.Name),
                Severity.RowRefused
            );
            return new PlannedRow(row.Row, Outcome.Refused, listed, null, match, [], [.. row.Findings, finding], []);
        }
        var (target, changes) = MemberMerge.Into(match, listed, _asOf);
        if (target.LeftOn < target.JoinedOn)
        {
            var finding = new CellFinding(
                mapping.Column(MemberField.LeftOn),
                MemberField.LeftOn,
                "",
                new Reason("ExitBeforeEntry", target.JoinedOn!.Value),
                Severity.RowRefused
            );
            return new PlannedRow(row.Row, Outcome.Refused, listed, null, match, [], [.. row.Findings, finding], []);
        }
        var outcome = changes.Count > 0 ? Outcome.Changed : Outcome.Unchanged;
        return new PlannedRow(
            row.Row,
            outcome,
            listed,
            target,
            match,
            changes,
            row.Findings,
            [.. RowTasks.Of(listed, target, isNews: target.Remark != match.Remark)]
        );
    }

    // Members are renamed, move, change banks; when nothing at all agrees but the number, the number is wrong.
    private static bool IsSomebodyElse(Entry entry, MemberState match)
    {
        var known = EntryOf(match);
        return !entry.Key.Resembles(known.Key)
            && entry.Address.Length > 0
            && known.Address.Length > 0
            && entry.Address != known.Address
            && !(entry.Iban is not null && entry.Iban == known.Iban)
            && !(entry.MandateReference is not null && entry.MandateReference == known.MandateReference);
    }

    // The number is the key: the same member typed twice is a duplicate, another one under its number an error.
    private PlannedRow SameNumber(ReadRow row, Entry entry, string number, PlannedRow first)
    {
        var earlier = EntryOf(new ReadRow(first.Row, first.Listed, []));
        if (entry.Key.Resembles(earlier.Key))
            return new PlannedRow(
                row.Row,
                Outcome.Duplicate,
                row.Member,
                null,
                null,
                [],
                row.Findings,
                [],
                new DuplicateHit(earlier, [new Reason("SameNumber"), new Reason(entry.Key.Text == earlier.Key.Text ? "SameName" : "SimilarName")])
            );
        var finding = new CellFinding(
            mapping.Column(MemberField.Number),
            MemberField.Number,
            number,
            new Reason("NumberTwice", first.Row),
            Severity.RowRefused
        );
        return new PlannedRow(row.Row, Outcome.Refused, row.Member, null, null, [], [.. row.Findings, finding], []);
    }

    private (List<ReadRow> Rows, List<IgnoredRows> Ignored) ReadRows()
    {
        var kinds = new RowKinds(table, mapping);
        var reader = new RowReader(
            mapping,
            table.AsOf,
            today,
            RowReader.DayColumns(mapping).ToDictionary(column => column, column => DateCell.OrderOf(table.Rows.Select(r => r[column]).OfType<ListCell>())),
            needed
        );
        var rows = new List<ReadRow>(table.Rows.Count);
        var ignored = new List<IgnoredRows>();
        var byBlocks = mapping.Column(MemberField.Category) is null;
        string? block = null;
        var expected = table.HeaderRow > 0 ? table.HeaderRow + 1 : table.Rows[0].Number;
        foreach (var row in table.Rows)
        {
            if (row.Number > expected)
                ignored.Add(new IgnoredRows(expected, row.Number - 1, RowKind.Blank, ""));
            expected = row.Number + 1;
            var corrected = Correct(row);
            var kind = kinds.Of(corrected);
            if (kind == RowKind.Data)
            {
                rows.Add(reader.Read(corrected, block));
                continue;
            }
            var text = row.Cells.OrderBy(c => c.Key).First().Value.Text.Trim();
            ignored.Add(new IgnoredRows(row.Number, row.Number, kind, text.Length <= 80 ? text : text[..79] + "…"));
            if (byBlocks && kind == RowKind.Note && CategoryWords.Find(text) is { } heading)
                block = heading;
        }
        return (rows, ignored);
    }

    private ListRow Correct(ListRow row)
    {
        if (decisions.Cells.Count == 0)
            return row;
        Dictionary<int, ListCell>? cells = null;
        foreach (var column in mapping.Columns)
            if (decisions.Cells.TryGetValue(column.Letter + row.Number.ToString(CultureInfo.InvariantCulture), out var text))
            {
                cells ??= new Dictionary<int, ListCell>(row.Cells);
                if (ListCell.Of(text) is { } cell)
                    cells[column.Index] = cell;
                else
                    cells.Remove(column.Index);
            }
        return cells is null ? row : new ListRow(row.Number, cells);
    }

    private static Entry EntryOf(ReadRow row) =>
        new(
            row.Row,
            row.Member.Number,
            row.Member.Name,
            row.Member.IsPerson,
            row.Member.Street ?? "",
            row.Member.PostalCode ?? "",
            row.Member.Town ?? "",
            row.Member.Iban,
            row.Member.MandateReference
        );

    /// <summary>What a member is compared by.</summary>
    public static Entry EntryOf(MemberState m) =>
        new(m.Number, m.Number, m.Name, m.Kind == Members.Model.MemberKind.Person, m.Street, m.PostalCode, m.Town, m.Iban, m.MandateReference, m.Id);

    /// <summary>Numbers for rows that have none: above every number in use.</summary>
    private sealed class FreeNumbers(IEnumerable<string> used)
    {
        private long _last = used.Select(n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(n => n < 1_000_000_000)
            .DefaultIfEmpty(0)
            .Max()
            is > 0
                and var last
            ? last
            : 999;

        public string Next() => (++_last).ToString(CultureInfo.InvariantCulture);
    }
}
