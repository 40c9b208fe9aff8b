using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Billing.Receivables;

/// <summary>What a claim brings on one account of the ledger: income, or the tax in it.</summary>
internal sealed record IncomePart(string Account, Money Amount);

/// <summary>An invoice as a command finds it, locked until the command's transaction ends.</summary>
/// <param name="Income">The ledger accounts on which the claim is income or tax, with how much; negative on a cancellation.</param>
internal sealed record LockedInvoice(
    InvoiceId Id,
    string Number,
    bool IsCancellation,
    AccountId Account,
    ChargeId Charge,
    DateOnly IssuedOn,
    Money Amount,
    Money Open,
    Forgiveness Forgiven,
    string? CancelledBy,
    IReadOnlyList<IncomePart> Income,
    InvoiceContent Content
)
{
    /// <summary>What was paid on it and not taken back.</summary>
    public Money Paid => CancelledBy is null ? Amount - Open - Forgiven.Sum : Money.Zero;

    /// <summary>Reads and locks; null when there is no such number.</summary>
    public static async Task<LockedInvoice?> FindAsync(BillingDb db, string number, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select id from billing.invoice where number = @number for no key update",
                new { number = number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id is null ? null : await ReadAsync(db, id.Value, ct);
    }

    /// <summary>Reads and locks the invoice of a charge; null while it has none.</summary>
    public static async Task<LockedInvoice?> OfChargeAsync(BillingDb db, ChargeId charge, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select id from billing.invoice where charge_id = @charge and kind = 'invoice' for no key update",
                new { charge = charge.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id is null ? null : await ReadAsync(db, id.Value, ct);
    }

    private static async Task<LockedInvoice> ReadAsync(BillingDb db, Guid id, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        // A statement of its own after the lock, so that it sees what the transaction before it committed.
        var row = await connection.QuerySingleAsync<Row>(
            new CommandDefinition(
                """
                select i.id, i.number, i.kind, i.account_id as AccountId, i.charge_id as ChargeId, i.issued_on as IssuedOn, i.amount,
                  t.content::text as Content,
                       coalesce(f.waived, 0) as Waived, coalesce(f.written_off, 0) as WrittenOff, coalesce(f.recovered, 0) as Recovered,
                       coalesce((select o.open from billing.open_item o where o.invoice_id = i.id), 0) as Open,
                       (select c.number from billing.invoice c where c.cancels_id = i.id) as CancelledBy
                  from billing.invoice i join billing.current_content t on t.invoice_id = i.id left join billing.forgiven f on f.invoice_id = i.id
                 where i.id = @id
                """,
                new { id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var income = await connection.QueryAsync<(string Account, decimal Amount)>(
            new CommandDefinition(
                """
                select l.ledger_account, sum(l.credit - l.debit) from billing.posting p join billing.posting_line l on l.posting_id = p.id
                 where p.invoice_id = @id and p.kind in ('invoice', 'cancellation')
                   and l.ledger_account in ('dues_income', 'admission_income', 'levy_income', 'service_income', 'vat')
                 group by l.ledger_account order by l.ledger_account
                """,
                new { id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new LockedInvoice(
            new InvoiceId(row.Id),
            row.Number,
            row.Kind == "cancellation",
            new AccountId(row.AccountId),
            new ChargeId(row.ChargeId),
            row.IssuedOn,
            new Money(row.Amount),
            new Money(row.Open),
            new Forgiveness(new Money(row.Waived), new Money(row.WrittenOff), new Money(row.Recovered)),
            row.CancelledBy,
            [.. income.Select(i => new IncomePart(i.Account, new Money(i.Amount)))],
            BillingJson.Read<InvoiceContent>(row.Content)
        );
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Number { get; init; } = "";

        public string Kind { get; init; } = "";

        public Guid AccountId { get; init; }

        public Guid ChargeId { get; init; }

        public DateOnly IssuedOn { get; init; }

        public decimal Amount { get; init; }

        public string Content { get; init; } = "";

        public decimal Open { get; init; }

        public decimal Waived { get; init; }

        public decimal WrittenOff { get; init; }

        public decimal Recovered { get; init; }

        public string? CancelledBy { get; init; }
    }
}

/// <summary>What was given up on an invoice by resolution.</summary>
/// <param name="Waived">For good.</param>
/// <param name="WrittenOff">No longer expected.</param>
/// <param name="Recovered">What came in all the same after it was written off.</param>
internal sealed record Forgiveness(Money Waived, Money WrittenOff, Money Recovered)
{
    public Money Sum => Waived + WrittenOff;

    /// <summary>What a late payment can still bring of what was written off.</summary>
    public Money Recoverable => WrittenOff - Recovered;
}
