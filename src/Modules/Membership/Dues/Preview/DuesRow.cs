using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Preview;

/// <summary>One member in a run: what is owed or why nothing is.</summary>
/// <param name="Member">The member.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">Code of the category on the first day of the year.</param>
/// <param name="Route">How the member pays.</param>
/// <param name="Outcome">Whether and why something is owed.</param>
/// <param name="Steps">The calculation; empty when nothing was calculated.</param>
/// <param name="JoinedOn">Day of entry; null when unknown, long ago.</param>
/// <param name="LastYear">Dues of the year before, for a full year; null when none are known.</param>
/// <param name="Input">The value that was used; null when none was needed or known.</param>
/// <param name="DueOn">Due date of the regulation; a document issued later leaves more time.</param>
internal sealed record DuesRow(
    MemberId Member,
    string Number,
    string Name,
    string Category,
    PaymentRoute Route,
    DuesOutcome Outcome,
    IReadOnlyList<DuesStep> Steps,
    DateOnly? JoinedOn,
    Money? LastYear,
    UsedInput? Input,
    DateOnly DueOn
)
{
    /// <summary>What is owed.</summary>
    public Money Amount => Steps.Count == 0 ? Money.Zero : Steps[^1].Amount;

    /// <summary>What a full year owes: what last and next year are compared with.</summary>
    public Money FullYear => Steps.Count > 0 && Steps[^1] is MonthsStep months ? months.Before : Amount;

    /// <summary>To last year, for a full year each; null when last year is unknown.</summary>
    public Money? Difference => LastYear is { } last ? FullYear - last : null;
}

/// <summary>A value with its origin.</summary>
/// <param name="Measured">What, how much, as of when.</param>
/// <param name="Source">Code of the origin: <c>self_declaration</c>, <c>list</c>, <c>register</c>, <c>office</c>.</param>
/// <param name="AcceptedBy">Who accepted it although its day is not the regulation's; null when it needs no acceptance.</param>
internal sealed record UsedInput(MeasuredValue Measured, string Source, string? AcceptedBy);
