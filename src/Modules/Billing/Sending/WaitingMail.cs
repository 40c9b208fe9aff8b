using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Membership.Contracts;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>What waits for one recipient and goes with one mail.</summary>
internal sealed record WaitingMail(MailRecipient Recipient, IReadOnlyList<MailedDocument> Documents)
{
    /// <summary>Of these accounts, in their order; who has nothing that waits is missing.</summary>
    public static async Task<IReadOnlyList<WaitingMail>> OfAsync(BillingDb db, DuesRunId? run, IReadOnlyList<Guid> accounts, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                """
                select account_id as Account, address #>> '{lines,0}' as Name, email as Email, language as Language, invoice_id as Invoice, file as File,
                       attempt as Attempt, number as Number, kind = 'cancellation' as IsCancellation
                  from billing.delivery_waiting where by_mail and account_id = any (@accounts) and (@run::uuid is null or run_id = @run)
                 order by array_position(@accounts, account_id), series, year, sequence
                """,
                new { accounts = accounts.ToArray(), run = run?.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.GroupBy(r => r.Account)
                .Select(g => new WaitingMail(
                    new MailRecipient(g.Key, g.First().Name ?? "", g.First().Email, g.First().Language),
                    [.. g.Select(r => new MailedDocument(r.Invoice, r.File, r.Attempt, r.Number, r.IsCancellation))]
                )),
        ];
    }

    private sealed record Row(
        Guid Account,
        string? Name,
        string Email,
        string Language,
        Guid Invoice,
        Guid File,
        int Attempt,
        string Number,
        bool IsCancellation
    );
}
