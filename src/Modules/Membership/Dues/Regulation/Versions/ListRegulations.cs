using Association.Membership.Data;
using Association.Platform.Messaging;

namespace Association.Membership.Dues.Regulation.Versions;

/// <summary>All versions of the regulation, the one that begins last first.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ListRegulations : IQuery<IReadOnlyList<RegulationVersion>>;

internal static class ListRegulationsHandler
{
    public static async Task<IReadOnlyList<RegulationVersion>> HandleAsync(ListRegulations query, MembershipDb db, CancellationToken ct) =>
        await RegulationVersions.AllAsync(db, ct);
}
