using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Letters;
using Association.Billing.Printing.Batches;
using Association.Billing.Receivables;
using Association.Billing.Sending;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Dunning.Runs;

/// <summary>Go on with a run: the letters of the next accounts.</summary>
[MessageName("billing.issue-reminders"), InternalOnly]
internal sealed record IssueReminders(Guid Run) : ICommand;

/// <summary>
/// Some accounts a message. Each is looked at once more behind the locks of what it owes: what was paid, stopped or asked for since is left out with its reason.
/// Letter, fee, file and the level that was reached are one transaction, so whoever is killed in between, the next delivery goes on with those who are left.
/// </summary>
[PlainWords(typeof(DunningTexts), "Work.Issue")]
internal static class IssueRemindersHandler
{
    private const int AccountsPerMessage = 50;

    public static async Task<OutgoingMessages> HandleAsync(
        IssueReminders command,
        BillingDb db,
        ReminderWriting writing,
        SendingStart sending,
        LongWorkLog log,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var run = await DunningRun.LockAsync(db, command.Run, ct);
        if (run.State != DunningRunState.Sending)
            return [];
        var messages = new OutgoingMessages();
        var more = await log.StepAsync(
            db,
            run.WorkId!.Value,
            AccountsPerMessage,
            limit => WaitingAsync(run.Id, limit, db, ct),
            accounts => WriteAsync(run, accounts, db, writing, rules, user, clock, ct),
            async () =>
            {
                run.End(clock.GetUtcNow());
                await PaperBatch.LockAsync(db, ct);
                var waiting = await CountWaitingHandler.CountAsync(run.Id, db, ct);
                if (waiting.ByMail > 0 || waiting.OnPaper > 0)
                    messages.AddRange((await sending.BeginAsync(run.Id, waiting, mail: true, paper: true, duplex: true, ct)).Item2);
            },
            ct
        );
        if (more)
            messages.Add(command);
        return messages;
    }

    private static async Task<IReadOnlyList<Guid>> WaitingAsync(Guid run, int limit, BillingDb db, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    select a.id from billing.account a
                     where a.id in (select account_id from billing.dunning_run_item where run_id = @run and left_out is null and letter_id is null)
                     order by a.name collate "de-DE-x-icu", a.member_number limit @limit
                    """,
                    new { run, limit },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    private static async Task WriteAsync(
        DunningRun run,
        IReadOnlyList<Guid> accounts,
        BillingDb db,
        ReminderWriting writing,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var which = new { run = run.Id, accounts = accounts.ToArray() };
        // A payment that is being booked is waited for, and one that comes now waits for the letter.
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                select from billing.account where id = any (@accounts) order by id for no key update;
                select from billing.invoice where id in (select invoice_id from billing.dunning_run_item where run_id = @run and account_id = any (@accounts))
                 order by id for no key update;
                select from billing.item where id in (select item_id from billing.dunning_run_item where run_id = @run and account_id = any (@accounts))
                 order by id for no key update;
                """,
                which,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var planned = (
            await connection.QueryAsync<(Guid Id, int Level)>(
                new CommandDefinition(
                    """
                    select coalesce(invoice_id, item_id), level from billing.dunning_run_item
                     where run_id = @run and account_id = any (@accounts) and left_out is null and letter_id is null
                    """,
                    which,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var (current, today) = (await rules.CurrentAsync(connection, ct), clock.Today());
        var levels = planned.ToDictionary(p => p.Id, p => (DunningLevel)p.Level);
        var found = (await OverdueItems.FindAsync(db, current, today, accounts, ct))
            .Where(i => levels.TryGetValue(i.Id, out var level) && i.Level == level)
            .ToList();
        var leftOut = found.Where(i => i.LeftOut is not null).ToDictionary(i => i.Id, i => i.LeftOut!.Value);
        foreach (var gone in levels.Keys.Except(found.Select(i => i.Id)))
            leftOut[gone] = LeftOut.NoLongerDue;
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update billing.dunning_run_item i set left_out = x.why from unnest(@ids, @whys) as x (id, why)
                 where i.run_id = @run and coalesce(i.invoice_id, i.item_id) = x.id
                """,
                new
                {
                    run = run.Id,
                    ids = leftOut.Keys.ToArray(),
                    whys = leftOut.Values.Select(why => EnumText.Of(why)).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var letters = ReminderPreview.Of(today, found, current.Reminders).Letters;
        await writing.WriteAsync(run.Id, letters, current, user.Actor.Name, ct);
    }
}
