using Association.Billing.Data;
using Association.Billing.Printing.Batches;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>Begins a sending, in the running transaction and behind <see cref="PaperBatch.LockAsync"/>: what people press and what a run of reminders ends in.</summary>
internal sealed class SendingStart(BillingDb db, LongWorkLog log, CurrentUser user, TimeProvider clock)
{
    /// <summary>The print batch, and the message that hands the mails over.</summary>
    /// <param name="run">Only documents of this run, of dues or of reminders; null: all that wait.</param>
    /// <param name="waiting">What waits of it.</param>
    /// <param name="mail">Have the mails sent.</param>
    /// <param name="paper">Make the print batch.</param>
    /// <param name="duplex">Printed on both sides of the sheet.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(BegunSending, OutgoingMessages)> BeginAsync(Guid? run, WaitingCount waiting, bool mail, bool paper, bool duplex, CancellationToken ct)
    {
        var messages = new OutgoingMessages();
        (Guid Id, int Number)? batch = null;
        if (paper && waiting.OnPaper > 0)
        {
            batch = await PaperBatch.TakeAsync(new PaperBatch(new PrintChoice(Run: run), duplex), db, log, user, clock, ct);
            messages.Add(new MakePrintBatch(batch.Value.Id));
        }
        var mails = mail && waiting.ByMail > 0;
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
                    run,
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
}
