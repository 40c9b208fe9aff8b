using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
using Association.Membership.Members.Model;

namespace Association.Membership.Import.Preview;

/// <summary>What a finding does to its row.</summary>
internal enum Severity
{
    /// <summary>Read, but in a way a person should know.</summary>
    Notice,

    /// <summary>The row is imported without this value, which goes to <em>Heute</em>.</summary>
    ValueDropped,

    /// <summary>The row cannot become a member.</summary>
    RowRefused,
}

/// <summary>Something about one cell that a person should know.</summary>
/// <param name="Column">Where; null when the list has no such column.</param>
/// <param name="Field">What the cell should hold.</param>
/// <param name="Value">What it says.</param>
/// <param name="Reason">Why that cannot be taken over.</param>
/// <param name="Severity">What follows.</param>
/// <param name="Suggestion">What was probably meant.</param>
internal sealed record CellFinding(ListColumn? Column, MemberField Field, string Value, Reason Reason, Severity Severity, string? Suggestion = null);

/// <summary>Something the row says that the office has to see to.</summary>
internal sealed record RowTask(ClarificationKind Kind, Reason Text, string Value);

/// <summary>A row as read, before it is compared with anything.</summary>
internal sealed record ReadRow(int Row, ListedMember Member, IReadOnlyList<CellFinding> Findings)
{
    public bool Refused => Findings.Any(f => f.Severity == Severity.RowRefused);
}
