using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Platform.Data.LongWork;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>Go on with a sending: the mails of the next recipients.</summary>
[MessageName("billing.hand-over-mails"), InternalOnly]
internal sealed record HandOverMails(Guid Sending) : ICommand;

/// <summary>
/// Some recipients a message. What was handed over no longer waits, in the same transaction, so whoever is killed in between, the next delivery goes on with
/// those who are left.
/// </summary>
[PlainWords(typeof(SendingTexts), "Work.HandOver")]
internal static class HandOverMailsHandler
{
    private const int RecipientsPerMessage = 1_000; // each step looks at all that waits

    public static async Task<OutgoingMessages> HandleAsync(HandOverMails command, BillingDb db, HandOver handOver, LongWorkLog log, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await HandOver.LockAsync(db, ct);
        var sending = await connection.QuerySingleAsync<Row>(
            new CommandDefinition(
                """
                select s.id as Id, s.run_id as Run, s.work_id as Work, s.created_by as CreatedBy, w.cancel_wished as IsStopped,
                       w.finished_at is not null as IsFinished
                  from billing.sending s join platform.long_work w on w.id = s.work_id where s.id = @Sending
                """,
                command,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (sending.IsFinished)
            return [];
        if (sending.IsStopped)
        {
            await log.FinishAsync(db, sending.Work, ct);
            return [];
        }
        var more = await log.StepAsync(
            db,
            sending.Work,
            RecipientsPerMessage,
            limit => WaitingAsync(sending, limit, db, ct),
            accounts => HandOverAsync(sending, accounts, db, handOver, ct),
            () => Task.CompletedTask,
            ct
        );
        return more ? [command] : [];
    }

    private static async Task<IReadOnlyList<Guid>> WaitingAsync(Row sending, int limit, BillingDb db, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    select account_id from billing.delivery_waiting w
                     where by_mail and (@Run::uuid is null or run_id = @Run)
                       and not exists (select from billing.mailed_document m where m.sending_id = @Id and m.account_id = w.account_id
                                          and starts_with(m.purpose, w.purpose || ':'))
                     group by account_id, purpose order by account_id limit @limit
                    """,
                    new
                    {
                        sending.Id,
                        sending.Run,
                        limit,
                    },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    private static async Task HandOverAsync(Row sending, IReadOnlyList<Guid> accounts, BillingDb db, HandOver handOver, CancellationToken ct)
    {
        var waiting = await WaitingMail.OfAsync(db, sending.Run, accounts, ct);
        await handOver.MailAsync(
            sending.Id,
            sending.CreatedBy,
            [.. waiting.Select(m => new Parcel($"{m.Purpose}:{sending.Id}.{m.Recipient.Account}", m.Recipient, m.Documents))],
            ct
        );
    }

    private sealed record Row(Guid Id, Guid? Run, Guid Work, string CreatedBy, bool IsStopped, bool IsFinished);
}
