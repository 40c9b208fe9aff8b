using Association.Membership.Data;
using Association.Membership.Import.Preview;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;

namespace Association.Membership.Import.Drafts;

/// <summary>A draft and what importing it would do now; null when it is gone, or somebody else's.</summary>
[Permission(ImportFeature.Read)]
internal sealed record ReadDraft(Guid Draft) : IQuery<DraftView?>;

/// <summary>A draft as its pages show it.</summary>
internal sealed record DraftView(ImportDraft Draft, ImportPlan Plan);

internal static class ReadDraftHandler
{
    public static async Task<DraftView?> HandleAsync(ReadDraft query, MembershipDb db, ImportPlanning planning, CurrentUser user, CancellationToken ct) =>
        await ImportDraft.ReadAsync(db, query.Draft, user, forUpdate: false, ct) is { } draft
            ? new DraftView(draft, await planning.PlanAsync(draft.Upload, ct))
            : null;
}
