using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Runs;

/// <summary>Freezes the charges of a draft as of now and hands it to a second person. Once done, a repetition does nothing.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record SubmitDuesRun(DuesRunId Run) : ICommand;

internal static class SubmitDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(SubmitDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(SubmitDuesRun command, DuesRun? run, IStringLocalizer<DuesTexts> texts) =>
        run is null ? new Problem("", texts["Problem.NoRun"]) : null;

    public static async Task HandleAsync(
        SubmitDuesRun command,
        DuesRun run,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<DuesTexts> texts,
        CancellationToken ct
    )
    {
        if (run.State != DuesRunState.Draft)
            return;
        var regulation = await Regulations.ValidInAsync(db, run.Year, ct) ?? throw new ProblemsException(texts["Problem.NoRegulation", run.Year]);

        var charges = new List<DuesRow>();
        var (missing, notLiable, exempt, total) = (0, 0, 0, Money.Zero);
        await foreach (var row in KindCandidates.StreamAsync(db, run, regulation, null, ct))
        {
            switch (row.Outcome)
            {
                case DuesOutcome.Owes:
                    charges.Add(row);
                    total += row.Amount;
                    break;
                case DuesOutcome.MissingInput:
                    missing++;
                    break;
                case DuesOutcome.NotLiable:
                    notLiable++;
                    break;
                case DuesOutcome.Exempt:
                    exempt++;
                    break;
            }
        }
        var faults = await RecipientFaults.FindAsync(db, ct);
        if (charges.Select(c => faults.GetValueOrDefault(c.Member)).FirstOrDefault(f => f?.Problem == RecipientProblem.CannotPrint) is { } fault)
            throw new ProblemsException(texts["Problem.CannotPrint", fault.Name, fault.Number, fault.Signs]);
        if (charges.Count == 0)
            throw new ProblemsException(texts["Problem.NobodyToCharge", run.Year]);

        run.RegulationId = regulation.Id;
        await ChargeStore.WriteAsync(db, run, charges, ct);
        run.Submit(user.Actor, clock.GetUtcNow(), new RunFigures(charges.Count, total, missing, notLiable, exempt));
    }
}
