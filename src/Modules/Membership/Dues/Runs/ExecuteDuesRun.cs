using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Charges;
using Association.Membership.Members.Record;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Runs;

/// <summary>Releases an approved run: Billing invoices it in the background, chunk by chunk. Once begun, a repetition does nothing.</summary>
[Permission(DuesFeature.Execute)]
internal sealed record ExecuteDuesRun(DuesRunId Run) : ICommand;

internal static class ExecuteDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(ExecuteDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(ExecuteDuesRun command, DuesRun? run, IStringLocalizer<DuesTexts> texts) =>
        run switch
        {
            null => new Problem("", texts["Problem.NoRun"]),
            { State: DuesRunState.Draft } => new Problem("", texts["Problem.NotSubmitted", run.Code]),
            { State: DuesRunState.Submitted } => new Problem("", texts["Problem.NotApproved", run.Code]),
            _ => null,
        };

    public static async Task<OutgoingMessages?> HandleAsync(
        ExecuteDuesRun command,
        DuesRun run,
        MembershipDb db,
        LongWorkLog works,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<DuesTexts> texts,
        CancellationToken ct
    )
    {
        if (run.State != DuesRunState.Approved)
            return null;
        // Names may have changed since the run was submitted.
        var faults = (await RecipientFaults.FindAsync(db, ct)).Values.Where(f => f.Problem == RecipientProblem.CannotPrint).ToDictionary(f => f.Member);
        if (faults.Count > 0)
            await foreach (var charge in ChargeStore.StreamAsync(db, run.Id, ct))
                if (faults.TryGetValue(charge.Member, out var fault))
                    throw new ProblemsException(texts["Problem.CannotPrint", fault.Name, fault.Number, fault.Signs]);
        var title = StoredText.Of<DuesTexts>(DuesStates.TitleOf(run), run.Year.ToString(CultureInfo.InvariantCulture));
        var work = await works.StartAsync(db, "membership.dues-run", title, MembershipPages.Run(run.Code), run.Charges, user.Actor.Name, ct);
        run.BeginExecution(user.Actor, clock.GetUtcNow(), work);
        return
        [
            .. Enumerable.Range(1, (run.Charges + ChargeStore.ChunkSize - 1) / ChargeStore.ChunkSize).Select(chunk => new ChargesRaised(run.Id, chunk, work)),
        ];
    }
}

/// <summary>Hands the chunks that have no invoices yet to Billing once more, after something stopped them. Billing skips what it has.</summary>
[Permission(DuesFeature.Execute)]
internal sealed record ResumeDuesRun(DuesRunId Run) : ICommand;

internal static class ResumeDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(ResumeDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static async Task<OutgoingMessages?> HandleAsync(ResumeDuesRun command, DuesRun? run, MembershipDb db, CancellationToken ct)
    {
        if (run is not { State: DuesRunState.Executing, WorkId: { } work })
            return null;
        var waiting = await db
            .Database.SqlQuery<int>(
                $"select chunk as \"Value\" from membership.dues_run_chunk where run_id = {run.Id.Value} and invoiced_at is null order by chunk"
            )
            .ToListAsync(ct);
        return [.. waiting.Select(chunk => new ChargesRaised(run.Id, chunk, work))];
    }
}
