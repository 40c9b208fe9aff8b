using Association.Billing.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Runs;

/// <summary>The second person agrees that the letters are sent. Once given, a repetition does nothing.</summary>
/// <param name="Run">Number of the run.</param>
/// <param name="SeenVersion">The version of the run that the person looked at; null on the command line, which shows figures and signs at once.</param>
[Permission(BillingModule.ApproveReminders)]
internal sealed record ApproveReminders(int Run, uint? SeenVersion = null) : ICommand;

internal static class ApproveRemindersHandler
{
    public static Task<DunningRun?> LoadAsync(ApproveReminders command, BillingDb db, CancellationToken ct) => DunningRun.LockAsync(db, command.Run, ct);

    public static Problem? Validate(ApproveReminders command, DunningRun? run, FourEyes four, IStringLocalizer<DunningTexts> texts) =>
        run is null ? new Problem("", texts["Problem.NoRun", command.Run]) : four.Obstacle(run.Approval);

    public static void Handle(ApproveReminders command, DunningRun run, FourEyes four, IStringLocalizer<DunningTexts> texts)
    {
        if (run.State != DunningRunState.Submitted)
            return;
        if (command.SeenVersion is { } seen && seen != run.Version)
            throw new ConcurrentEditException(texts["Problem.RunChanged", run.Number]);
        four.Approve(run.Approval);
        run.Release();
    }
}

/// <summary>Gives a run up before it is sent: who asked for it withdraws it, and who should agree says why not. What was agreed to is given up, too.</summary>
/// <param name="Run">Number of the run.</param>
/// <param name="Reason">Why the second person does not agree.</param>
[Permission(BillingModule.ApproveReminders)]
internal sealed record WithdrawReminders(int Run, string Reason = "") : ICommand;

internal static class WithdrawRemindersHandler
{
    public static Task<DunningRun?> LoadAsync(WithdrawReminders command, BillingDb db, CancellationToken ct) => DunningRun.LockAsync(db, command.Run, ct);

    public static Problem? Validate(WithdrawReminders command, DunningRun? run, FourEyes four, IStringLocalizer<DunningTexts> texts) =>
        run is null ? new Problem("", texts["Problem.NoRun", command.Run])
        : run.State == DunningRunState.Approved ? null
        : four.ObstacleToEnd(run.Approval, command.Reason);

    // What was agreed to and cannot be sent must not stand in the way of the next run.
    public static void Handle(WithdrawReminders command, DunningRun run, FourEyes four, CurrentUser user, TimeProvider clock)
    {
        if (run.State == DunningRunState.Approved)
            run.Approval.Withdraw(user.Actor, clock.GetUtcNow());
        else if (!four.End(run.Approval, command.Reason))
            return;
        run.GiveUp();
    }
}
