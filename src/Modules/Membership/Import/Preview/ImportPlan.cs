using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Preview;

/// <summary>What becomes of a row.</summary>
internal enum Outcome
{
    New,
    Changed,
    Unchanged,

    /// <summary>Probably there already; not imported until a person says that it is another member.</summary>
    Duplicate,

    /// <summary>Cannot become a member as it is typed.</summary>
    Refused,
}

/// <summary>A row that holds a member, and what becomes of it.</summary>
/// <param name="Row">In the file, from 1.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Listed">What it says.</param>
/// <param name="Target">The member as it will be; null for duplicates and refused rows.</param>
/// <param name="Known">The member as it is; null for new ones.</param>
/// <param name="Changes">Empty for new members.</param>
/// <param name="Findings">What a person should know about its cells.</param>
/// <param name="Tasks">What it leaves for the office to see to.</param>
/// <param name="DuplicateOf">Of duplicates.</param>
internal sealed record PlannedRow(
    int Row,
    Outcome Outcome,
    ListedMember Listed,
    MemberState? Target,
    MemberState? Known,
    IReadOnlyList<FieldChange> Changes,
    IReadOnlyList<CellFinding> Findings,
    IReadOnlyList<RowTask> Tasks,
    DuplicateHit? DuplicateOf = null
)
{
    /// <summary>Whether the row ends up in the books.</summary>
    public bool Imported => Outcome is Outcome.New or Outcome.Changed or Outcome.Unchanged;
}

/// <summary>What an import would do, row by row. Nothing is written by making one.</summary>
/// <param name="Table">Where the rows stand.</param>
/// <param name="Mapping">What the columns mean.</param>
/// <param name="AsOf">The date that counts are as of: the list's own, or the day of import.</param>
/// <param name="AcceptedForYear">The dues year for which importing accepts those counts.</param>
/// <param name="Rows">Every row that holds a member.</param>
/// <param name="Ignored">Every other row between the header and the last filled row.</param>
/// <param name="Questions">Columns about which a person has to say what they are before anything is imported.</param>
internal sealed record ImportPlan(
    ListTable Table,
    ListMapping Mapping,
    DateOnly AsOf,
    int AcceptedForYear,
    IReadOnlyList<PlannedRow> Rows,
    IReadOnlyList<IgnoredRows> Ignored,
    IReadOnlyList<ColumnQuestion> Questions
)
{
    public int Count(Outcome outcome) => Rows.Count(r => r.Outcome == outcome);

    public int IgnoredCount => Ignored.Sum(i => i.Count);

    /// <summary>Wrong cells with their rows, notices left out.</summary>
    public IEnumerable<(PlannedRow Row, CellFinding Finding)> Errors =>
        Rows.SelectMany(r => r.Findings.Where(f => f.Severity != Severity.Notice).Select(f => (r, f)));

    public IEnumerable<(PlannedRow Row, CellFinding Finding)> Notices =>
        Rows.SelectMany(r => r.Findings.Where(f => f.Severity == Severity.Notice).Select(f => (r, f)));
}
