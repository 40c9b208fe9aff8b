using Association.Billing.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Printing.Batches;

/// <summary>What a batch made now would take, and what stays out of it.</summary>
[Permission(BillingModule.Print)]
internal sealed record PreviewPrintBatch(PrintChoice Choice) : IQuery<PrintPreview>;

/// <summary>What waits for paper.</summary>
/// <param name="Envelopes">One a member and address.</param>
/// <param name="Documents">In them.</param>
/// <param name="WithEmail">Documents that go by mail and stay out.</param>
/// <param name="NoPost">Members who want no post, and whom no mail reaches either.</param>
/// <param name="Pending">Documents whose PDF is still being made.</param>
internal sealed record PrintPreview(int Envelopes, int Documents, int WithEmail, IReadOnlyList<UnreachedMember> NoPost, int Pending);

/// <summary>A member whom nothing reaches.</summary>
internal sealed record UnreachedMember(string Number, string Name, int Documents);

internal static class PreviewPrintBatchHandler
{
    public static async Task<PrintPreview> HandleAsync(PreviewPrintBatch query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var counts = await connection.QuerySingleAsync<(int Envelopes, int Documents, int WithEmail, int Pending)>(
            new CommandDefinition(
                $"""
                with waiting as ({WaitingDocuments.Sql}), chosen as ({WaitingDocuments.Chosen})
                select (select count(distinct (account_id, address))::int from chosen), (select count(*)::int from chosen),
                       (select count(*)::int from waiting where by_mail and not by_paper and (no_post or not @WithEmail)),
                       (select count(*)::int from billing.deliverable where file is null)
                """,
                query.Choice,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var unreached = await connection.QueryAsync<(string Number, string Name, int Documents)>(
            new CommandDefinition(
                $"""
                select a.member_number, a.name, count(*)::int from ({WaitingDocuments.Sql}) w join billing.account a on a.id = w.account_id
                 where not w.by_mail and not w.by_paper group by a.member_number, a.name order by a.name, a.member_number
                """,
                query.Choice,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new PrintPreview(
            counts.Envelopes,
            counts.Documents,
            counts.WithEmail,
            [.. unreached.Select(u => new UnreachedMember(u.Number, u.Name, u.Documents))],
            counts.Pending
        );
    }
}
