using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Charges;
using Association.Platform.Messaging;
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

    public static async Task HandleAsync(WithdrawDuesRun command, DuesRun run, MembershipDb db, CancellationToken ct)
    {
        if (run.State == DuesRunState.Draft)
            return;
        run.Withdraw();
        await db.SaveChangesAsync(ct); // the database lets charges go only while their run is a draft
        await ChargeStore.RemoveAsync(db, run, ct);
    }
}

/// <summary>The second person sends a submitted run back instead of approving it.</summary>
[Permission(DuesFeature.Approve)]
internal sealed record ReturnDuesRun(DuesRunId Run) : ICommand;

internal static class ReturnDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(ReturnDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(ReturnDuesRun command, DuesRun? run, IStringLocalizer<DuesTexts> texts) =>
        WithdrawDuesRunHandler.Validate(new WithdrawDuesRun(command.Run), run, texts);

    public static Task HandleAsync(ReturnDuesRun command, DuesRun run, MembershipDb db, CancellationToken ct) =>
        WithdrawDuesRunHandler.HandleAsync(new WithdrawDuesRun(command.Run), run, db, ct);
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
