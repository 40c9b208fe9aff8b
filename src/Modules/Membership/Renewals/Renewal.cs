using Association.Membership.Contracts;

namespace Association.Membership.Renewals;

/// <summary>What ends or changes.</summary>
internal enum RenewalKind
{
    /// <summary>A membership; the subject is the member.</summary>
    Exit,

    /// <summary>A member's category, which becomes another one; the subject is the member.</summary>
    Category,

    /// <summary>A reduction of dues for some years; the subject is the reduction.</summary>
    Reduction,

    /// <summary>A SEPA mandate, 36 months after it was used last; the subject is the member.</summary>
    Mandate,

    /// <summary>Somebody's function at a member that nobody holds afterwards; the subject is the function.</summary>
    Function,
}

/// <summary>One deadline of one subject.</summary>
/// <param name="Kind">What ends.</param>
/// <param name="Subject">Its id.</param>
/// <param name="Deadline">The last day.</param>
internal sealed record RenewalKey(RenewalKind Kind, Guid Subject, DateOnly Deadline);

/// <summary>Something that ends, as it stands.</summary>
/// <param name="Key">Which.</param>
/// <param name="Member">Whose.</param>
/// <param name="Number">Of the member.</param>
/// <param name="Name">Of the member.</param>
/// <param name="Language">Of the member.</param>
/// <param name="Detail">The new category's code, the percentage, the mandate's reference, or function and holder.</param>
internal sealed record Renewal(RenewalKey Key, MemberId Member, string Number, string Name, string Language, string Detail)
{
    /// <summary>When the member was asked by a letter; null when it was not.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>By whom.</summary>
    public string? AskedBy { get; init; }

    /// <summary>With which letter.</summary>
    public Guid? Letter { get; init; }

    /// <summary>When somebody settled it by hand; null when nobody did.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Who.</summary>
    public string? DoneBy { get; init; }

    /// <summary>How.</summary>
    public string? DoneNote { get; init; }

    /// <summary>Whether nobody did anything about it yet.</summary>
    public bool IsOpen => AskedAt is null && DoneAt is null;
}
