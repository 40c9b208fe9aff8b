using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Membership.Contracts;
using Association.Platform.Data.Settings;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>What sending now would do: how many by which way, whom nothing reaches, and how a mail would read.</summary>
/// <param name="Run">Only documents of this dues run; null: all that wait.</param>
[Permission(BillingModule.Send)]
internal sealed record PreviewDelivery(DuesRunId? Run = null) : IQuery<DeliveryPreview>;

/// <summary>The answer.</summary>
/// <param name="Waiting">The counts.</param>
/// <param name="HasServer">Whether mails can leave.</param>
/// <param name="Unreached">Whom nothing reaches, at most 200.</param>
/// <param name="Samples">The first mail of each language, for each purpose.</param>
internal sealed record DeliveryPreview(WaitingCount Waiting, bool HasServer, IReadOnlyList<UnreachedRecipient> Unreached, IReadOnlyList<SampleMail> Samples);

/// <summary>A member whom nothing reaches.</summary>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Documents">How many wait for it.</param>
/// <param name="MailFailed">It wants no post and the mail came to nothing; otherwise it wants no post and has no address for mail.</param>
internal sealed record UnreachedRecipient(string Number, string Name, int Documents, bool MailFailed);

/// <summary>A mail as it would leave.</summary>
/// <param name="Recipient">To whom, and in which language.</param>
/// <param name="Documents">What goes with it.</param>
/// <param name="Mail">Subject and text.</param>
internal sealed record SampleMail(MailRecipient Recipient, IReadOnlyList<MailedDocument> Documents, DeliveryMail Mail);

internal static class PreviewDeliveryHandler
{
    private const int MostNamed = 200;

    public static async Task<DeliveryPreview> HandleAsync(
        PreviewDelivery query,
        BillingDb db,
        IOutgoingMails mails,
        IAssociationProfiles profiles,
        CancellationToken ct
    )
    {
        var (hasServer, association) = (await mails.HasServerAsync(ct), await profiles.CurrentAsync(ct));
        var waiting = await CountWaitingHandler.HandleAsync(new CountWaiting(query.Run), db, ct);
        var connection = await db.ConnectionAsync(ct);
        var unreached = await connection.QueryAsync<UnreachedRecipient>(
            new CommandDefinition(
                """
                select a.member_number as Number, a.name as Name, count(*)::int as Documents, bool_or(w.failed) as MailFailed
                  from billing.delivery_waiting w join billing.account a on a.id = w.account_id
                 where not w.by_mail and not w.by_paper and (@run::uuid is null or w.run_id = @run)
                 group by a.member_number, a.name order by a.name, a.member_number limit @MostNamed
                """,
                new { run = query.Run?.Value, MostNamed },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var firsts = await connection.QueryAsync<Guid>(
            new CommandDefinition(
                """
                select (array_agg(account_id order by number))[1] from billing.delivery_waiting
                 where by_mail and (@run::uuid is null or run_id = @run) group by language, purpose
                 order by purpose, array_position(array['de', 'fr', 'en'], language)
                """,
                new { run = query.Run?.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var mailed = (await WaitingMail.OfAsync(db, query.Run?.Value, [.. firsts.Distinct()], ct)).DistinctBy(m => (m.Recipient.Language, m.Purpose));
        return new DeliveryPreview(
            waiting,
            hasServer,
            [.. unreached],
            [.. mailed.Select(m => new SampleMail(m.Recipient, m.Documents, DeliveryMail.Write(m.Recipient.Language, m.Documents, association)))]
        );
    }
}
