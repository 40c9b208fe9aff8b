using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Runs;

/// <summary>Have the letters of a run written and sent. Once begun, a repetition does nothing.</summary>
/// <param name="Run">Number of the run.</param>
[Permission(BillingModule.PrepareReminders)]
internal sealed record SendReminders(int Run) : ICommand;

internal static class SendRemindersHandler
{
    public static Task<DunningRun?> LoadAsync(SendReminders command, BillingDb db, CancellationToken ct) => DunningRun.LockAsync(db, command.Run, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        SendReminders command,
        DunningRun? run,
        IOutgoingMails mails,
        BillingDb db,
        IStringLocalizer<DunningTexts> texts,
        CancellationToken ct
    ) =>
        run switch
        {
            null => [new Problem("", texts["Problem.NoRun", command.Run])],
            { State: DunningRunState.Submitted } => [new Problem("", texts["Problem.NotApproved", run.Number])],
            { State: DunningRunState.Withdrawn } => [new Problem("", texts["Problem.Withdrawn", run.Number])],
            { State: DunningRunState.Approved } when !await mails.HasServerAsync(ct) && await NeedsMailAsync(run, db, ct) =>
            [
                new Problem("", texts["Problem.NoServer"]),
            ],
            _ => [],
        };

    public static async Task<OutgoingMessages> HandleAsync(
        SendReminders command,
        DunningRun run,
        BillingDb db,
        LongWorkLog log,
        CurrentUser user,
        CancellationToken ct
    ) => run.State == DunningRunState.Approved ? [await BeginAsync(run, db, log, user, ct)] : [];

    /// <summary>Notes the work, and says what begins it.</summary>
    public static async Task<IssueReminders> BeginAsync(DunningRun run, BillingDb db, LongWorkLog log, CurrentUser user, CancellationToken ct)
    {
        var letters = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
            new CommandDefinition(
                "select count(distinct account_id)::int from billing.dunning_run_item where run_id = @Id",
                new { run.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        run.Begin(
            await log.StartAsync(
                db,
                "billing.reminders",
                StoredText.Of<DunningTexts>("Work.Run", StoredText.Value(run.Number).ToString()),
                DunningUrl.Run(run.Number),
                letters,
                user.Actor.Name,
                ct
            )
        );
        return new IssueReminders(run.Id);
    }

    private static async Task<bool> NeedsMailAsync(DunningRun run, BillingDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<bool>(
            new CommandDefinition(
                """
                select exists (select from billing.dunning_run_item i join billing.account a on a.id = i.account_id
                                 left join billing.delivery_choice c on c.account_id = a.id
                                where i.run_id = @Id and a.email is not null and (c.routes is distinct from 'paper' or a.no_post))
                """,
                new { run.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
