using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Billing.Invoices;

/// <summary>An invoice as a command finds it, locked until the command's transaction ends.</summary>
internal sealed record LockedInvoice(
    InvoiceId Id, string Number, bool IsCancellation, AccountId Account, ChargeId Charge, DateOnly IssuedOn, Money Amount, Money Open, string? CancelledBy, InvoiceContent Content)
{
    /// <summary>What was paid on it and not taken back.</summary>
    public Money Paid => CancelledBy is null ? Amount - Open : Money.Zero;

    /// <summary>Reads and locks; null when there is no such number.</summary>
    public static async Task<LockedInvoice?> FindAsync(BillingDb db, string number, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            "select id from billing.invoice where number = @number for no key update", new { number = number.Trim().ToUpperInvariant() }, db.Transaction, cancellationToken: ct));
        if (id is null) return null;

        // A statement of its own after the lock, so that it sees what the transaction before it committed.
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(
            """
            select i.id, i.number, i.kind, i.account_id as AccountId, i.charge_id as ChargeId, i.issued_on as IssuedOn, i.amount, i.content::text as Content,
                   coalesce((select o.open from billing.open_item o where o.invoice_id = i.id), 0) as Open,
                   (select c.number from billing.invoice c where c.cancels_id = i.id) as CancelledBy
              from billing.invoice i where i.id = @id
            """, new { id }, db.Transaction, cancellationToken: ct));
        return new LockedInvoice(
            new InvoiceId(row.Id), row.Number, row.Kind == "cancellation", new AccountId(row.AccountId), new ChargeId(row.ChargeId),
            row.IssuedOn, new Money(row.Amount), new Money(row.Open), row.CancelledBy, BillingJson.Read<InvoiceContent>(row.Content));
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

        public string? CancelledBy { get; init; }
    }
}
