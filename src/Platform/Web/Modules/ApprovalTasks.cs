using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;

namespace Association.Platform.Web.Modules;

/// <summary>What waits for a second person, on <em>Heute</em>: for everybody who may decide, but not for who asked.</summary>
/// <param name="permissions">Of whoever decides; and of the query, when it needs another one.</param>
public abstract class ApprovalTasks<T>(params string[] permissions) : ITodayTask
    where T : INeedsApproval
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct) =>
        permissions.All(actor.May) ? [.. (await WaitingAsync(ct)).Where(r => r.Approval.WaitsFor(actor)).Select(RowOf)] : [];

    /// <summary>What waits, the oldest first.</summary>
    protected abstract Task<IReadOnlyList<T>> WaitingAsync(CancellationToken ct);

    /// <summary>The line for one of them.</summary>
    protected abstract TodayRow RowOf(T waiting);
}
