using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Charges;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Runs;

/// <summary>Takes a submitted or approved run back to a draft: its charges go, submission and approval are void. Nothing was invoiced yet.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record WithdrawDuesRun(DuesRunId Run) : ICommand;

internal static class WithdrawDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(WithdrawDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(WithdrawDuesRun command, DuesRun? run, IStringLocalizer<DuesTexts> texts) =>
        run switch
        {
            null => new Problem("", texts["Problem.NoRun"]),
            { State: DuesRunState.Executing or DuesRunState.Executed } => new Problem("", texts["Problem.AlreadyExecuted", run.Code]),
            _ => null,
        };

    public static async Task HandleAsync(WithdrawDuesRun command, DuesRun run, MembershipDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (run.State == DuesRunState.Draft)
            return;
        run.Approval.Withdraw(user.Actor, clock.GetUtcNow());
        await ReopenAsync(run, db, ct);
    }

    /// <summary>Makes it a draft again.</summary>
    public static async Task ReopenAsync(DuesRun run, MembershipDb db, CancellationToken ct)
    {
        run.Reopen();
        await db.SaveChangesAsync(ct); // the database lets charges go only while their run is a draft
        await ChargeStore.RemoveAsync(db, run, ct);
    }
}

/// <summary>The second person sends a submitted run back instead of approving it, and says why.</summary>
[Permission(DuesFeature.Approve)]
internal sealed record ReturnDuesRun(DuesRunId Run, string Reason) : ICommand;

internal static class ReturnDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(ReturnDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(ReturnDuesRun command, DuesRun? run, FourEyes four) => four.ObstacleToEnd(run?.Approval, command.Reason);

    public static async Task HandleAsync(ReturnDuesRun command, DuesRun run, MembershipDb db, FourEyes four, CancellationToken ct)
    {
        if (four.End(run.Approval, command.Reason))
            await WithdrawDuesRunHandler.ReopenAsync(run, db, ct);
    }
}

/// <summary>Throws a draft away.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record DiscardDuesRun(DuesRunId Run) : ICommand;

internal static class DiscardDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(DiscardDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(DiscardDuesRun command, DuesRun? run, IStringLocalizer<DuesTexts> texts) =>
        run is { State: not DuesRunState.Draft } ? new Problem("", texts["Problem.NotADraft", run.Code]) : null;

    public static void Handle(DiscardDuesRun command, DuesRun? run, MembershipDb db)
    {
        if (run is not null)
            db.Remove(run);
    }
}
