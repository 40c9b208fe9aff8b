namespace Association.Membership.Contracts;

/// <summary>What the dues regulation distinguishes, for others who make a difference by it.</summary>
/// <param name="Code">Stable: <c>hospital</c>.</param>
/// <param name="Name">In the reader's language.</param>
public sealed record MemberCategoryName(string Code, string Name);

/// <summary>The member categories.</summary>
public interface IMemberCategories
{
    /// <summary>All, in the order of the regulation.</summary>
    Task<IReadOnlyList<MemberCategoryName>> ListAsync(CancellationToken ct);
}
