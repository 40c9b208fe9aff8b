using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Ledger.Payments;

/// <summary>What can be paid under a number: an invoice, or an item taken over; null when there is none.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record GetReceivable(string Number) : IQuery<ReceivableView?>;

/// <summary>What can be paid.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="MemberNumber">Whose.</param>
/// <param name="MemberName">Whose.</param>
/// <param name="Open">Still to be paid; zero when nothing is.</param>
/// <param name="Credit">What the account has in hand.</param>
/// <param name="Recoverable">What was written off and may still come in late.</param>
/// <param name="CancelledBy">The cancellation of this invoice, which takes no payment; null without.</param>
/// <param name="Fees">Open fees of reminders that asked for it: a payment that names it pays them, too.</param>
internal sealed record ReceivableView(
    string Number,
    string MemberNumber,
    string MemberName,
    Money Open,
    Money Credit,
    Money Recoverable = default,
    string? CancelledBy = null,
    Money Fees = default
)
{
    /// <summary>What a payment that names it can settle.</summary>
    public Money Payable => Open + Fees;
}

internal static class GetReceivableHandler
{
    public static async Task<ReceivableView?> HandleAsync(GetReceivable query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<(
            string Number,
            string Member,
            string Name,
            decimal Open,
            decimal Credit,
            decimal Recoverable,
            string? CancelledBy,
            decimal Fees
        )?>(
            new CommandDefinition(
                $"""
                select r.number, a.member_number, a.name, coalesce(o.open, 0), coalesce(c.balance, 0),
                       coalesce(f.written_off - f.recovered, g.written_off - g.recovered, 0), s.number,
                       (select coalesce(sum(n.open), 0) from billing.open_receivable n where n.kind = 'fee'
                          and n.id in ({LockedReceivable.FeesOfItem.Replace("@id", "r.id", StringComparison.Ordinal)}))
                  from (select id, number, account_id from billing.invoice where number = @number and kind = 'invoice'
                        union all select id, number, account_id from billing.item where number = @number and kind <> 'credit' and not undone) r
                  join billing.account a on a.id = r.account_id
                  left join billing.open_receivable o on o.id = r.id left join billing.credit_balance c on c.account_id = a.id
                  left join billing.forgiven f on f.invoice_id = r.id left join billing.forgiven_item g on g.item_id = r.id
                  left join billing.invoice s on s.cancels_id = r.id
                """,
                new { number = query.Number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return row is { } found
            ? new ReceivableView(
                found.Number,
                found.Member,
                found.Name,
                new Money(found.Open),
                new Money(found.Credit),
                new Money(found.Recoverable),
                found.CancelledBy,
                new Money(found.Fees)
            )
            : null;
    }
}
