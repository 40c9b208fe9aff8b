using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Billing.Ledger.Payments;

/// <summary>What can be paid, locked until the command's transaction ends: an invoice, or an item taken over from the books kept before.</summary>
/// <param name="Item">In the ledger.</param>
/// <param name="Number">As the office names it.</param>
/// <param name="Account">Whose.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="Cancels">The number is a cancellation of this invoice, on which nothing is ever paid.</param>
/// <param name="CancelledBy">The cancellation of this invoice; null without.</param>
/// <param name="Recoverable">What was written off and may still come in late.</param>
internal sealed record LockedReceivable(
    ItemRef Item,
    string Number,
    AccountId Account,
    Money Open,
    string? Cancels,
    string? CancelledBy,
    Money Recoverable = default
)
{
    /// <summary>Reads and locks; null when there is no such number.</summary>
    public static async Task<LockedReceivable?> FindAsync(BillingDb db, string number, CancellationToken ct)
    {
        if (await LockedInvoice.FindAsync(db, number, ct) is { } invoice)
            return new LockedReceivable(
                invoice.Id,
                invoice.Number,
                invoice.Account,
                invoice.Open,
                invoice.Content.Cancels?.Number,
                invoice.CancelledBy,
                invoice.Forgiven.Recoverable
            );

        var connection = await db.ConnectionAsync(ct);
        var item = await connection.QuerySingleOrDefaultAsync<(Guid Id, string Number, Guid Account)?>(
            new CommandDefinition(
                "select id, number, account_id from billing.opening_item where number = @number and kind = 'open' and not undone for no key update",
                new { number = number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (item is not { } found)
            return null;

        // A statement of its own after the lock, so that it sees what the transaction before it committed.
        var (open, recoverable) = await connection.QuerySingleAsync<(decimal Open, decimal Recoverable)>(
            new CommandDefinition(
                """
                select (select coalesce(sum(debit - credit), 0) from billing.posting_line where opening_id = @id),
                       coalesce((select written_off - recovered from billing.forgiven_opening where opening_id = @id), 0)
                """,
                new { id = found.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new LockedReceivable(
            new OpeningItemId(found.Id),
            found.Number,
            new AccountId(found.Account),
            new Money(open),
            null,
            null,
            new Money(recoverable)
        );
    }
}

/// <summary>What an account has in hand, locked until the command's transaction ends.</summary>
internal static class LockedCredit
{
    public static async Task<Money> OfAsync(BillingDb db, AccountId account, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = new { id = account.Value };
        await connection.ExecuteAsync(
            new CommandDefinition("select from billing.account where id = @id for no key update", id, db.Transaction, cancellationToken: ct)
        );
        var credit = await connection.ExecuteScalarAsync<decimal?>(
            new CommandDefinition("select balance from billing.credit_balance where account_id = @id", id, db.Transaction, cancellationToken: ct)
        );
        return new Money(credit ?? 0);
    }
}
