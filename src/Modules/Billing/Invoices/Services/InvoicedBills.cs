using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Billing.Invoices.Services;

internal sealed class InvoicedBills(OfficeDatabase database) : IInvoicedBills
{
    public async Task<IReadOnlyDictionary<ChargeId, InvoicedBill>> ReadAsync(IReadOnlyCollection<ChargeId> bills, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Charge, string Number, DateOnly IssuedOn, DateOnly DueOn, decimal Open, string? CancelledBy, Guid? File)>(
            new CommandDefinition(
                """
                select i.charge_id, i.number, i.issued_on, i.due_on, coalesce(o.open, 0), c.number, d.archive_file_id
                  from billing.invoice i left join billing.open_item o on o.invoice_id = i.id left join billing.invoice c on c.cancels_id = i.id
                  left join billing.current_document d on d.invoice_id = i.id
                 where i.kind = 'invoice' and i.charge_id = any (@ids)
                """,
                new { ids = bills.Select(b => b.Value).ToArray() },
                cancellationToken: ct
            )
        );
        return rows.ToDictionary(r => new ChargeId(r.Charge), r => new InvoicedBill(r.Number, r.IssuedOn, r.DueOn, new Money(r.Open), r.CancelledBy, r.File));
    }
}
