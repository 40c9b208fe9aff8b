using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Relief;

/// <summary>What a resolution can give up: what is open on an invoice or on an amount taken over from the books kept before, or a credit taken over from
/// them.</summary>
/// <param name="Item">In the ledger.</param>
/// <param name="Number">As the office names it.</param>
/// <param name="Account">Whose.</param>
/// <param name="MemberNumber">Whose.</param>
/// <param name="MemberName">Whose.</param>
/// <param name="IsCredit">The association owes it to the member.</param>
/// <param name="Amount">Of the invoice or the item.</param>
/// <param name="Left">What can still be given up: what is open, or what the account still has of the credit.</param>
/// <param name="Forgiven">What was given up of a claim.</param>
/// <param name="CancelledBy">Number of the cancellation; null without.</param>
internal sealed record ReliefSubject(
    ItemRef Item,
    string Number,
    AccountId Account,
    string MemberNumber,
    string MemberName,
    bool IsCredit,
    Money Amount,
    Money Left,
    Forgiveness Forgiven,
    string? CancelledBy
)
{
    /// <summary>Reads and locks until the command's transaction ends; null when there is no such number.</summary>
    public static async Task<ReliefSubject?> LockAsync(BillingDb db, string number, CancellationToken ct)
    {
        var (connection, named) = (await db.ConnectionAsync(ct), new { number = Tidy(number) });
        // The account before the item, as undoing a list locks them: euros of a credit belong to the account.
        var credit = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select account_id from billing.item where number = @number and kind = 'credit'",
                named,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (credit is { } account)
            await LockedCredit.OfAsync(db, new AccountId(account), ct);
        await connection.ExecuteAsync(
            new CommandDefinition("select from billing.invoice where number = @number for no key update", named, db.Transaction, cancellationToken: ct)
        );
        await connection.ExecuteAsync(
            new CommandDefinition("select from billing.item where number = @number for no key update", named, db.Transaction, cancellationToken: ct)
        );
        return await ReadAsync(db, number, ct);
    }

    /// <summary>Reads without a lock; null when there is no such number.</summary>
    public static async Task<ReliefSubject?> ReadAsync(BillingDb db, string number, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                """
                select i.id as Invoice, null::uuid as Opening, i.number, i.account_id as Account, a.member_number as MemberNumber, a.name as MemberName,
                  false as IsCredit, i.amount,
                       coalesce(o.open, 0) as "Left", coalesce(f.waived, 0) as Waived, coalesce(f.written_off, 0) as WrittenOff,
                         coalesce(f.recovered, 0) as Recovered,
                       (select c.number from billing.invoice c where c.cancels_id = i.id) as CancelledBy
                  from billing.invoice i join billing.account a on a.id = i.account_id
                  left join billing.open_item o on o.invoice_id = i.id left join billing.forgiven f on f.invoice_id = i.id
                 where i.number = @number and i.kind = 'invoice'
                union all
                select null, e.id, e.number, e.account_id, a.member_number, a.name, e.kind = 'credit', e.amount,
                       case e.kind
                         when 'credit' then least(coalesce((select b.balance from billing.credit_balance b where b.account_id = e.account_id), 0),
                           e.amount - coalesce(f.released, 0))
                         else (select coalesce(sum(l.debit - l.credit), 0) from billing.posting_line l where l.item_id = e.id) end,
                       coalesce(f.waived, 0), coalesce(f.written_off, 0), coalesce(f.recovered, 0), null
                  from billing.item e join billing.account a on a.id = e.account_id left join billing.forgiven_item f on f.item_id = e.id
                 where e.number = @number and not e.undone
                """,
                new { number = Tidy(number) },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return row is null
            ? null
            : new ReliefSubject(
                row.Invoice is { } invoice ? new InvoiceId(invoice) : new ItemId(row.Opening!.Value),
                row.Number,
                new AccountId(row.Account),
                row.MemberNumber,
                row.MemberName,
                row.IsCredit,
                new Money(row.Amount),
                new Money(row.Left),
                new Forgiveness(new Money(row.Waived), new Money(row.WrittenOff), new Money(row.Recovered)),
                row.CancelledBy
            );
    }

    private static string Tidy(string number) => number.Trim().ToUpperInvariant();

    private sealed class Row
    {
        public Guid? Invoice { get; init; }
        public Guid? Opening { get; init; }
        public required string Number { get; init; }
        public Guid Account { get; init; }
        public required string MemberNumber { get; init; }
        public required string MemberName { get; init; }
        public bool IsCredit { get; init; }
        public decimal Amount { get; init; }
        public decimal Left { get; init; }
        public decimal Waived { get; init; }
        public decimal WrittenOff { get; init; }
        public decimal Recovered { get; init; }
        public string? CancelledBy { get; init; }
    }
}

/// <summary>What a number stands for, and what of it can be given up; null when there is no such number.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadReliefSubject(string Number) : IQuery<ReliefSubject?>;

internal static class ReadReliefSubjectHandler
{
    public static Task<ReliefSubject?> HandleAsync(ReadReliefSubject query, BillingDb db, CancellationToken ct) =>
        ReliefSubject.ReadAsync(db, query.Number, ct);
}
