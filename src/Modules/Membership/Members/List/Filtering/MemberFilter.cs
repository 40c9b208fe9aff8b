using Association.Membership.Contracts;

namespace Association.Membership.Members.List.Filtering;

/// <summary>Where a membership stands on a day.</summary>
internal enum MemberStatus
{
    /// <summary>The entry lies ahead.</summary>
    Planned,
    Active,

    /// <summary>Still a member; the last day is known.</summary>
    Leaving,
    Left,

    /// <summary>A member on the day: active, or leaving later. What <em>Heute</em> counts; only asked for, no member's own status.</summary>
    Present,
}

/// <summary>What a member can lack.</summary>
internal enum MissingDetail
{
    Email,

    /// <summary>Street, postal code or town.</summary>
    Address,
    Phone,

    /// <summary>Nobody knows when they joined.</summary>
    Joined,

    /// <summary>The value that the dues of the coming dues year are measured by.</summary>
    Value,

    /// <summary>Nobody is named for invoices.</summary>
    BillingContact,

    /// <summary>IBAN or mandate.</summary>
    Mandate,
    Tags,
}

/// <summary>Which members are meant; what is null does not count.</summary>
/// <param name="Search">Words that all occur in number, name, town, postal code, e-mail or in the name of a contact; forgives typing errors when nothing fits
/// exactly.</param>
/// <param name="Category">Code of the category that counts today.</param>
/// <param name="Status">Where the membership stands today.</param>
/// <param name="Town">Beginning of the town, without regard to case and accents.</param>
/// <param name="Route">How they pay.</param>
/// <param name="JoinedIn">Year of entry.</param>
/// <param name="LeavesIn">Year of the last day.</param>
/// <param name="ToClarify">Only those with something open to clarify.</param>
/// <param name="PostalCode">Its beginning.</param>
/// <param name="JoinedFrom">Entry on this day or later.</param>
/// <param name="JoinedTo">Entry on this day or earlier.</param>
/// <param name="Missing">What they lack.</param>
/// <param name="Tag">A tag that they have.</param>
/// <param name="WithoutTag">A tag that they have not.</param>
/// <param name="DuesFrom">Dues of the present year of at least so much.</param>
/// <param name="DuesTo">Dues of the present year of at most so much.</param>
internal sealed record MemberFilter(
    string? Search = null,
    string? Category = null,
    MemberStatus? Status = null,
    string? Town = null,
    PaymentRoute? Route = null,
    int? JoinedIn = null,
    int? LeavesIn = null,
    bool ToClarify = false,
    string? PostalCode = null,
    DateOnly? JoinedFrom = null,
    DateOnly? JoinedTo = null,
    MissingDetail? Missing = null,
    string? Tag = null,
    string? WithoutTag = null,
    decimal? DuesFrom = null,
    decimal? DuesTo = null
)
{
    public static readonly MemberFilter All = new();

    /// <summary>Only these numbers, ticked one by one; null for all that the filter lets through.</summary>
    public IReadOnlyList<string>? Numbers { get; init; }

    /// <summary>At most six words count; more make no search better.</summary>
    public string[] Words => [.. (Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(6).Select(w => w.Length > 60 ? w[..60] : w)];
}
