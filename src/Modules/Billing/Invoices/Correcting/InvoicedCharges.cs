using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Ledger.Shown;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Correcting;

/// <summary>How the invoices of charges stand, for Membership.</summary>
internal sealed class InvoicedCharges(OfficeDatabase database, IStringLocalizer<BillingTexts> texts) : IInvoicedCharges
{
    public Task<InvoicedCharge?> OfChargeAsync(ChargeId charge, CancellationToken ct) => FindAsync("i.charge_id = @charge", new { charge = charge.Value }, ct);

    public Task<InvoicedCharge?> OfNumberAsync(string number, CancellationToken ct) =>
        FindAsync("i.number = @number", new { number = number.Trim().ToUpperInvariant() }, ct);

    public async Task<string?> SinceAsync(ChargeId charge, string shown, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var invoice = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select id from billing.invoice where charge_id = @charge and kind = 'invoice'",
                new { charge = charge.Value },
                cancellationToken: ct
            )
        );
        return invoice is { } id ? SinceShown.Told(AsShown.Read(shown), await MoneyEvents.OfItemAsync(connection, null, new InvoiceId(id), ct), texts) : null;
    }

    private async Task<InvoicedCharge?> FindAsync(string which, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                $"""
                select i.id, i.charge_id as Charge, i.number, i.issued_on as IssuedOn, i.amount, coalesce(o.open, 0) as Open,
                  coalesce(f.waived + f.written_off, 0) as Forgiven, c.number as CancelledBy
                  from billing.invoice i
                  left join lateral (select sum(l.debit - l.credit) as open from billing.posting_line l where l.invoice_id = i.id) o on true
                  left join billing.forgiven f on f.invoice_id = i.id
                  left join billing.invoice c on c.cancels_id = i.id
                 where i.kind = 'invoice' and {which}
                """,
                parameters,
                cancellationToken: ct
            )
        );
        return row is null
            ? null
            : new InvoicedCharge(
                new ChargeId(row.Charge),
                row.Number,
                row.IssuedOn,
                new Money(row.Amount),
                new Money(row.Open),
                row.CancelledBy is null ? new Money(row.Amount - row.Open - row.Forgiven) : Money.Zero,
                new Money(row.Forgiven),
                row.CancelledBy,
                (await MoneyEvents.OfItemAsync(connection, null, new InvoiceId(row.Id), ct)).AsShown.ToString()
            );
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public Guid Charge { get; init; }

        public required string Number { get; init; }

        public DateOnly IssuedOn { get; init; }

        public decimal Amount { get; init; }

        public decimal Open { get; init; }

        public decimal Forgiven { get; init; }

        public string? CancelledBy { get; init; }
    }
}
