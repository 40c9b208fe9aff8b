namespace Association.Membership.Contracts;

/// <summary>Who is a member on a day, for modules that make a difference by it.</summary>
public interface ILiveMembers
{
    /// <summary>The member with this number, when it is one on this day; null otherwise.</summary>
    Task<LiveMember?> FindAsync(string number, DateOnly day, CancellationToken ct);

    /// <summary>
    /// Whether mail to this address reaches the member: it is one of the member or of its contacts, or of an organisation's house (the domain of one of them,
    /// unless anybody can have an address there). A number alone proves nothing: it can be guessed.
    /// </summary>
    Task<bool> KnowsAsync(MemberId member, string email, CancellationToken ct);
}

/// <summary>A member as it is today.</summary>
/// <param name="Id">The member.</param>
/// <param name="Number">Mitgliedsnummer, as the office writes it.</param>
/// <param name="Name">As it is addressed: „Katrin Hürter“.</param>
/// <param name="Category">Code of the category.</param>
public sealed record LiveMember(MemberId Id, string Number, string Name, string Category);
