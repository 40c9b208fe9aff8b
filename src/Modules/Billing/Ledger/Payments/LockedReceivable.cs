using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Billing.Ledger.Payments;

/// <summary>What can be paid, locked until the command's transaction ends: an invoice, an item taken over from the books kept before, or a fee.</summary>
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
    /// <summary>Open fees of reminders that asked for it, the oldest first: a payment that names it pays them, too.</summary>
    public IReadOnlyList<OpenPart> Fees { get; private init; } = [];

    /// <summary>What a payment that names it can settle.</summary>
    public Money Payable => Open + Money.Sum(Fees.Select(f => f.Open));

    /// <summary>What a payment settles, in the order that the office has decided on.</summary>
    public IReadOnlyList<OpenPart> Parts(SettlementOrder order) =>
        order == SettlementOrder.FeesFirst ? [.. Fees, new OpenPart(Item, Open)] : [new OpenPart(Item, Open), .. Fees];

    /// <summary>Reads and locks with its fees; null when there is no such number.</summary>
    public static async Task<LockedReceivable?> FindWithFeesAsync(BillingDb db, string number, CancellationToken ct)
    {
        if (await FindAsync(db, number, ct) is not { } found)
            return null;
        var (connection, id) = (await db.ConnectionAsync(ct), new { id = found.Item.Invoice?.Value ?? found.Item.Other!.Value.Value });
        await connection.ExecuteAsync(
            new CommandDefinition(
                $"select from billing.item where id in ({FeesOfItem}) order by id for no key update",
                id,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var fees = await connection.QueryAsync<(Guid Id, decimal Open)>(
            new CommandDefinition(
                $"select id, open from billing.open_receivable where kind = 'fee' and id in ({FeesOfItem}) order by sequence",
                id,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return found with { Fees = [.. fees.Select(f => new OpenPart(new ItemId(f.Id), new Money(f.Open)))] };
    }

    /// <summary>The fees of reminders that asked for @id.</summary>
    public const string FeesOfItem = """
        select asked.fee_item_id from billing.reminder_item part join billing.reminder asked on asked.letter_id = part.letter_id
         where coalesce(part.invoice_id, part.item_id) = @id and asked.taken_back_at is null
        """;

    /// <summary>Reads and locks; null when there is no such number.</summary>
    /// <param name="db">The running transaction.</param>
    /// <param name="number">Of an invoice or an item.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="undone">Also an item that was taken back; otherwise there is none of its number.</param>
    public static async Task<LockedReceivable?> FindAsync(BillingDb db, string number, CancellationToken ct, bool undone = false)
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
                "select id, number, account_id from billing.item where number = @number and kind <> 'credit' and (not undone or @undone) for no key update",
                new { number = number.Trim().ToUpperInvariant(), undone },
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
                select (select coalesce(sum(debit - credit), 0) from billing.posting_line where item_id = @id),
                       coalesce((select written_off - recovered from billing.forgiven_item where item_id = @id), 0)
                """,
                new { id = found.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new LockedReceivable(new ItemId(found.Id), found.Number, new AccountId(found.Account), new Money(open), null, null, new Money(recoverable));
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
