using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Dapper;

namespace Association.Billing.Deliveries;

/// <summary>Hands documents over to the outgoing mail, in the running transaction: the note and the mail are committed together or not at all.</summary>
internal sealed class HandOver(BillingDb db, IOutgoingMails mails, IAssociationProfiles profiles, CurrentUser user, TimeProvider clock)
{
    /// <summary>Later an invoice by mail does no good: paper takes its place.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>One at a time hands over, until the transaction ends: what one hands over, the other must not see waiting.</summary>
    public static Task LockAsync(BillingDb db, CancellationToken ct) => db.OneAtATimeAsync("billing.send", ct);

    /// <summary>One mail with all of them.</summary>
    /// <param name="purpose">What is mailed once.</param>
    /// <param name="sending">The sending that it belongs to; null: sent by itself.</param>
    /// <param name="by">Who has them sent; null: who acts.</param>
    /// <param name="recipient">To whom.</param>
    /// <param name="documents">At least one.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Whether there is a mail; an address to which none can be sent leaves the note, and the documents go on paper.</returns>
    /// <exception cref="Npgsql.PostgresException">One of these attempts was made already (unique violation).</exception>
    public async Task<bool> MailAsync(
        string purpose,
        Guid? sending,
        string? by,
        MailRecipient recipient,
        IReadOnlyList<MailedDocument> documents,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow();
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.mailed_document (archive_file_id, attempt, invoice_id, account_id, sending_id, purpose, address, handed_over_at, handed_over_by)
                select x.file, x.attempt, x.invoice, @Account, @sending, @purpose, @Email, @now, @by
                  from unnest(@files, @attempts, @invoices) as x (file, attempt, invoice)
                """,
                new
                {
                    recipient.Account,
                    sending,
                    purpose,
                    recipient.Email,
                    now,
                    by = by ?? user.Actor.Name,
                    files = documents.Select(d => d.File).ToArray(),
                    attempts = documents.Select(d => d.Attempt).ToArray(),
                    invoices = documents.Select(d => d.Invoice).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (!EmailAddress.TryParse(recipient.Email, out _, out _))
            return false;
        var mail = DeliveryMail.Write(recipient.Language, documents, await profiles.CurrentAsync(ct));
        return await mails.AddAsync(
            new NewMail(purpose, DeliveryMail.OneLine(recipient.Name), recipient.Email, mail.Subject, mail.Text, now + Patience)
            {
                Attachments = [.. documents.Select(d => d.File)],
            },
            ct
        );
    }
}
