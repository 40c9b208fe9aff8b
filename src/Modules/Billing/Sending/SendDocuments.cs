using Association.Billing.Data;
using Association.Billing.Printing.Batches;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending;

/// <summary>Have everything that waits leave: one mail a recipient with all of its documents, and a print batch of what goes on paper.</summary>
/// <param name="Run">Only documents of this dues run; null: all that wait.</param>
/// <param name="SeenByMail">Documents by mail that the person was shown: when it is another number by now, nothing leaves.</param>
/// <param name="SeenOnPaper">The same of those on paper.</param>
/// <param name="Mail">Have the mails sent.</param>
/// <param name="Paper">Make the print batch.</param>
/// <param name="Duplex">Printed on both sides of the sheet.</param>
/// <param name="SeenNewest">The newest sending that the person was shown, 0 when there was none: when there is a newer one by now, nothing leaves; null: whichever.</param>
[Permission(BillingModule.Send)]
internal sealed record SendDocuments(
    DuesRunId? Run,
    int SeenByMail,
    int SeenOnPaper,
    bool Mail = true,
    bool Paper = true,
    bool Duplex = true,
    int? SeenNewest = null
) : ICommand;

/// <summary>A sending that somebody began.</summary>
internal sealed record Sending(int Number, string By, DateTime At);

/// <summary>What was begun: the number of the sending, whose page shows the rest.</summary>
internal sealed record BegunSending(int Number, int ByMail, int? Batch);

internal static class SendDocumentsHandler
{
    public static async Task<(WaitingCount, Sending?)> LoadAsync(SendDocuments command, BillingDb db, CancellationToken ct)
    {
        // One at a time, with print batches: the second of two at once finds another number waiting than it was shown, or, as mails are handed over
        // after this, a sending that it was not shown.
        await PaperBatch.LockAsync(db, ct);
        return (await CountWaitingHandler.HandleAsync(new CountWaiting(command.Run), db, ct), await NewestAsync(db, ct));
    }

    public static Problem? Validate(SendDocuments command, WaitingCount waiting, Sending? newest, IStringLocalizer<SendingTexts> texts) =>
        newest is { } begun && command.SeenNewest is { } seen && begun.Number > seen
            ? new Problem("", texts["Problem.BegunSince", begun.Number, begun.By, Formats.Of(begun.At)])
        : (waiting.ByMail, waiting.OnPaper) != (command.SeenByMail, command.SeenOnPaper)
            ? new Problem("", texts["Problem.Changed", new Count(waiting.ByMail), new Count(waiting.OnPaper)])
        : (command.Mail && waiting.ByMail > 0) || (command.Paper && waiting.OnPaper > 0) ? null
        : new Problem("", texts["Problem.NothingWaits"]);

    public static async Task<(BegunSending, OutgoingMessages)> HandleAsync(
        SendDocuments command,
        WaitingCount waiting,
        Sending? _,
        BillingDb db,
        LongWorkLog log,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var messages = new OutgoingMessages();
        (Guid Id, int Number)? batch = null;
        if (command.Paper && waiting.OnPaper > 0)
        {
            batch = await PaperBatch.TakeAsync(new PaperBatch(new PrintChoice(Run: command.Run?.Value), command.Duplex), db, log, user, clock, ct);
            messages.Add(new MakePrintBatch(batch.Value.Id));
        }
        var mails = command.Mail && waiting.ByMail > 0;
        var work = mails
            ? await log.StartAsync(db, "billing.sending", StoredText.Of<SendingTexts>("Work.Sending"), SendingUrl.Start, waiting.Mails, user.Actor.Name, ct)
            : (Guid?)null;
        var id = Guid.CreateVersion7();
        var number = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                insert into billing.sending (id, run_id, work_id, print_batch_id, created_at, created_by)
                values (@id, @run, @work, @batch, @now, @by) returning number
                """,
                new
                {
                    id,
                    run = command.Run?.Value,
                    work,
                    batch = batch?.Id,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (mails)
            messages.Add(new HandOverMails(id));
        return (new BegunSending(number, mails ? waiting.ByMail : 0, batch?.Number), messages);
    }

    private static async Task<Sending?> NewestAsync(BillingDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleOrDefaultAsync<Sending>(
            new CommandDefinition(
                "select number as Number, created_by as By, created_at as At from billing.sending order by number desc limit 1",
                transaction: db.Transaction,
                cancellationToken: ct
            )
        );
}
