using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Billing.Invoices.Documents;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>Of these documents, those that wait for a mail are handed over; delivered again none waits any more.</summary>
[PlainWords(typeof(SendingTexts), "Work.MailIssued")]
internal static class MailIssuedHandler
{
    public static async Task HandleAsync(MailInvoices command, BillingDb db, HandOver handOver, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await HandOver.LockAsync(db, ct);
        var ids = command.Invoices.Select(i => i.Value).ToHashSet();
        var accounts = await connection.QueryAsync<Guid>(
            new CommandDefinition(
                "select distinct account_id from billing.delivery_waiting where by_mail and document_id = any (@ids)",
                new { ids = ids.ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var parcels =
            from mail in await WaitingMail.OfAsync(db, run: null, [.. accounts], ct)
            let documents = mail.Documents.Where(d => ids.Contains(d.Id)).ToList()
            where documents.Count > 0
            select new Parcel($"document:{documents[0].File}.{documents[0].Attempt}", mail.Recipient, documents);
        await handOver.MailAsync(sending: null, by: null, [.. parcels], ct);
    }
}
