using Association.Platform.Data.Kernel;

namespace Association.Membership.Contracts;

/// <summary>What a charge is beside the year before, for a letter that explains it.</summary>
/// <param name="Id">The charge.</param>
/// <param name="FullYear">What a full year owes: before it was reduced to the months of the first year.</param>
/// <param name="LastYear">The year before, for a full year; null when none is known.</param>
public sealed record ChargeComparison(ChargeId Id, Money FullYear, Money? LastYear);

/// <summary>Comparisons of frozen charges.</summary>
public interface IDuesComparisons
{
    /// <summary>Those of these charges that are compared from year to year, in any order.</summary>
    Task<IReadOnlyList<ChargeComparison>> CompareAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct);
}
