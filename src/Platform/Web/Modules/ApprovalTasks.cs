using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;

namespace Association.Platform.Web.Modules;

/// <summary>What waits for a second person, on <em>Heute</em>: for everybody who may decide, but not for who asked. And what was refused: for everybody who
/// may ask for it.</summary>
/// <param name="refusals">Says how a refusal reads.</param>
/// <param name="ask">The permission of whoever asks.</param>
/// <param name="permissions">Of whoever decides; and of the query, when it needs another one.</param>
public abstract class ApprovalTasks<T>(RefusalRows refusals, string ask, params string[] permissions) : ITodayTask
    where T : INeedsApproval
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        var (decides, asks) = (permissions.All(actor.May), actor.May(ask));
        if (!decides && !asks)
            return [];
        var found = await FindAsync(refusals.Since, ct);
        return
        [
            .. found.Where(r => decides && r.Approval.WaitsFor(actor)).Select(RowOf),
            .. found.Where(r => asks && r.Approval.State == ApprovalState.Refused).Select(RowOfRefused),
        ];
    }

    /// <summary>What waits, and what was refused since and not asked for anew; the oldest first.</summary>
    protected abstract Task<IReadOnlyList<T>> FindAsync(DateTimeOffset refusedSince, CancellationToken ct);

    /// <summary>The line for one of them that waits.</summary>
    protected abstract TodayRow RowOf(T waiting);

    /// <summary>What was asked for: „Storno von BR-2027-00001“.</summary>
    protected abstract string SubjectOf(T asked);

    private TodayRow RowOfRefused(T refused)
    {
        var row = RowOf(refused);
        return refusals.Of(row.Group, SubjectOf(refused), refused.Approval, row.Href);
    }
}
