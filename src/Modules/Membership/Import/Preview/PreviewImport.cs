using Association.Membership.Data;
using Association.Platform.Messaging;

namespace Association.Membership.Import.Preview;

/// <summary>What would this file change? Writes nothing.</summary>
[Permission(ImportFeature.Read)]
internal sealed record PreviewImport(ListUpload Upload) : IQuery<ImportPlan>;

internal static class PreviewImportHandler
{
    public static Task<ImportPlan> HandleAsync(PreviewImport query, ImportPlanning planning, MembershipDb _, CancellationToken ct) =>
        planning.PlanAsync(query.Upload, ct);
}
