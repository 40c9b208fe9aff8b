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

    /// <summary>One mail each with all of its documents; an address to which none can be sent leaves the note, and the documents go on paper.</summary>
    /// <param name="sending">The sending that they belong to; null: sent by itself.</param>
    /// <param name="by">Who has them sent; null: who acts.</param>
    /// <param name="parcels">The mails, each of at least one document.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="Npgsql.PostgresException">One of these attempts was made already (unique violation).</exception>
    public async Task MailAsync(Guid? sending, string? by, IReadOnlyList<Parcel> parcels, CancellationToken ct)
    {
        var (now, documents) = (clock.GetUtcNow(), parcels.SelectMany(p => p.Documents.Select(d => (Parcel: p, Document: d))).ToList());
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.mailed_document (archive_file_id, attempt, invoice_id, letter_id, account_id, sending_id, purpose, address,
                  handed_over_at, handed_over_by)
                select x.file, x.attempt, case when not x.is_letter then x.document end, case when x.is_letter then x.document end,
                       x.account, @sending, x.purpose, x.address, @now, @by
                  from unnest(@files, @attempts, @ids, @letters, @accounts, @purposes, @addresses)
                    as x (file, attempt, document, is_letter, account, purpose, address)
                """,
                new
                {
                    sending,
                    now,
                    by = by ?? user.Actor.Name,
                    files = documents.Select(d => d.Document.File).ToArray(),
                    attempts = documents.Select(d => d.Document.Attempt).ToArray(),
                    ids = documents.Select(d => d.Document.Id).ToArray(),
                    letters = documents.Select(d => d.Document.Kind.IsLetter()).ToArray(),
                    accounts = documents.Select(d => d.Parcel.Recipient.Account).ToArray(),
                    purposes = documents.Select(d => d.Parcel.Purpose).ToArray(),
                    addresses = documents.Select(d => d.Parcel.Recipient.Email).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var association = await profiles.CurrentAsync(ct);
        await mails.AddAsync([.. parcels.Where(p => EmailAddress.TryParse(p.Recipient.Email, out _, out _)).Select(p => Mail(p, association, now))], ct);
    }

    private static NewMail Mail(Parcel parcel, AssociationProfile association, DateTimeOffset now)
    {
        var mail = DeliveryMail.Write(parcel.Recipient.Language, parcel.Documents, association);
        return new NewMail(parcel.Purpose, parcel.Recipient.Name, parcel.Recipient.Email, mail.Subject, mail.Text, now + Patience)
        {
            Attachments = [.. parcel.Documents.Select(d => d.File)],
        };
    }
}

/// <summary>What goes with one mail.</summary>
/// <param name="Purpose">What is mailed once.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Documents">At least one.</param>
internal sealed record Parcel(string Purpose, MailRecipient Recipient, IReadOnlyList<MailedDocument> Documents);
