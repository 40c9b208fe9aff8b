namespace Association.Membership.Members.Model;

/// <summary>Where post goes. Parts that are not known are empty, never null.</summary>
/// <param name="Addition">Department, c/o.</param>
/// <param name="Street">Street and house number, or a post box.</param>
/// <param name="PostalCode">As written in the country.</param>
/// <param name="Town">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record Address(string Addition, string Street, string PostalCode, string Town, string Country)
{
    public static readonly Address Unknown = new("", "", "", "", "DE");

    /// <summary>Enough for a letter to arrive.</summary>
    public bool IsComplete => Street.Length > 0 && PostalCode.Length > 0 && Town.Length > 0;
}

/// <summary>Somebody else who gets the member's documents (a Träger, a cash office); the member stays the debtor.</summary>
/// <param name="Name">Who.</param>
/// <param name="Addition">Department, c/o; may be null.</param>
/// <param name="Street">Street and house number, or a post box; may be null.</param>
/// <param name="PostalCode">As written in the country; may be null.</param>
/// <param name="Town">Town; may be null.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null means Germany.</param>
/// <param name="Email">Where documents go by mail; may be null.</param>
internal sealed record BillingRecipient(string Name, string? Addition, string? Street, string? PostalCode, string? Town, string? Country, string? Email)
{
    /// <summary>Enough for a letter to arrive; with less, documents go to the member.</summary>
    public bool IsComplete => !string.IsNullOrEmpty(Street) && !string.IsNullOrEmpty(PostalCode) && !string.IsNullOrEmpty(Town);
}
