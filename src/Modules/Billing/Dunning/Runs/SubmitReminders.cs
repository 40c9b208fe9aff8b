using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Runs;

/// <summary>Freezes what is to be reminded of, and hands it to a second person where the office does not do without.</summary>
/// <param name="SeenLetters">How many letters the person was shown: when it is another number by now, nothing is submitted; null is not checked.</param>
[Permission(BillingModule.PrepareReminders)]
internal sealed record SubmitReminders(int? SeenLetters = null) : ICommand;

/// <summary>What was submitted.</summary>
/// <param name="Number">Of the run.</param>
/// <param name="Letters">To so many accounts.</param>
/// <param name="NeedsSecond">Whether somebody has to agree first.</param>
internal sealed record SubmittedReminders(int Number, int Letters, bool NeedsSecond);

internal static class SubmitRemindersHandler
{
    public static async Task<(ReminderPreview, DunningRun?)> LoadAsync(
        SubmitReminders command,
        BillingDb db,
        IOfficeRules rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        // One at a time: the second of two at once finds the run of the first.
        await DunningRuns.LockAsync(db, ct);
        return (await PreviewRemindersHandler.HandleAsync(new PreviewReminders(), db, rules, clock, ct), await DunningRun.LockOpenAsync(db, ct));
    }

    public static Problem? Validate(SubmitReminders command, ReminderPreview preview, DunningRun? open, IStringLocalizer<DunningTexts> texts) =>
        open is not null ? new Problem("", texts["Problem.RunOpen", open.Number])
        : preview.Letters.Count == 0 ? new Problem("", texts["Problem.NobodyToRemind"])
        : command.SeenLetters is { } seen && seen != preview.Letters.Count ? new Problem("", texts["Problem.Changed", new Count(preview.Letters.Count)])
        : null;

    public static async Task<SubmittedReminders> HandleAsync(
        SubmitReminders command,
        ReminderPreview preview,
        DunningRun? _,
        BillingDb db,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var needsSecond = !(await rules.CurrentAsync(await db.ConnectionAsync(ct), ct)).Reminders.Automatic;
        var run = await DunningRuns.SubmitAsync(db, preview, needsSecond, user.Actor, clock.GetUtcNow(), ct);
        return new SubmittedReminders(run.Number, preview.Letters.Count, needsSecond);
    }
}

/// <summary>Writes runs.</summary>
internal static class DunningRuns
{
    /// <summary>One at a time submits, refreshes and writes letters.</summary>
    public static Task LockAsync(BillingDb db, CancellationToken ct) => db.OneAtATimeAsync("billing.reminders", ct);

    /// <summary>A new run with its items.</summary>
    public static async Task<DunningRun> SubmitAsync(BillingDb db, ReminderPreview preview, bool needsSecond, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        var run = DunningRun.Submitted(preview.AsOf, by, at, needsSecond);
        db.Add(run);
        await db.SaveChangesAsync(ct);
        await WriteItemsAsync(db, run.Id, preview, ct);
        return run;
    }

    /// <summary>What waits for a signature says what is due today: its items are found anew, and who looked at the former ones is told.</summary>
    public static async Task RefreshAsync(BillingDb db, DunningRun run, ReminderPreview preview, CancellationToken ct)
    {
        run.AsOf = preview.AsOf;
        await db.SaveChangesAsync(ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition("delete from billing.dunning_run_item where run_id = @Id", new { run.Id }, db.Transaction, cancellationToken: ct)
        );
        await WriteItemsAsync(db, run.Id, preview, ct);
    }

    private static async Task WriteItemsAsync(BillingDb db, Guid run, ReminderPreview preview, CancellationToken ct)
    {
        var items = preview.Letters.SelectMany(l => l.Items).ToList();
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.dunning_run_item (run_id, account_id, invoice_id, item_id, level, open)
                select @run, * from unnest(@accounts, @invoices, @items, @levels, @open)
                """,
                new
                {
                    run,
                    accounts = items.Select(i => i.Account.Value).ToArray(),
                    invoices = items.Select(i => i.Item.Invoice?.Value).ToArray(),
                    items = items.Select(i => i.Item.Other?.Value).ToArray(),
                    levels = items.Select(i => (int)i.Level).ToArray(),
                    open = items.Select(i => i.Open.Amount).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
