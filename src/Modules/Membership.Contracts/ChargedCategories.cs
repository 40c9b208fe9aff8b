namespace Association.Membership.Contracts;

/// <summary>The category in which a member was charged.</summary>
/// <param name="Position">Where it stands among the others.</param>
/// <param name="Name">In the reader's language.</param>
public sealed record ChargedCategory(int Position, string Name);

/// <summary>In which categories charges were made; a member that changes its category later changes nothing about them.</summary>
public interface IChargedCategories
{
    /// <summary>The categories of these charges; unknown ids are missing from the answer.</summary>
    Task<IReadOnlyDictionary<ChargeId, ChargedCategory>> CategoriesAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct);
}
