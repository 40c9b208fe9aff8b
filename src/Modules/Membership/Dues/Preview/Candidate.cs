using Association.Membership.Contracts;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Preview;

/// <summary>What is known of a member in a dues year, before any rule is applied.</summary>
/// <param name="Member">The member.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">Code of the category on the first day of the year.</param>
/// <param name="Route">How the member pays.</param>
/// <param name="JoinedOn">Day of entry; null when unknown, long ago.</param>
/// <param name="LeftOn">Last day of membership.</param>
/// <param name="Input">The value that the version needs; null when it needs none or none is known.</param>
/// <param name="Other">The same for the version that is held against it.</param>
/// <param name="Reduction">In force in the year.</param>
/// <param name="LastYear">Dues of the year before, for a full year; null when none are known.</param>
/// <param name="IsCharged">Has a live charge for the year.</param>
internal sealed record Candidate(
    MemberId Member,
    string Number,
    string Name,
    string Category,
    PaymentRoute Route,
    DateOnly? JoinedOn,
    DateOnly? LeftOn,
    UsedInput? Input,
    UsedInput? Other,
    Reduction? Reduction,
    Money? LastYear,
    bool IsCharged
);

/// <summary>Which values of the members count.</summary>
internal enum DuesValues
{
    /// <summary>As of the regulation's reference date, or accepted for the year: what a run takes.</summary>
    OfTheYear,

    /// <summary>The newest up to the reference date: for a look at a year whose values nobody declared yet.</summary>
    Newest,
}
