using Association.Billing.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Relief;

/// <summary>The resolutions on an invoice, the newest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadReliefs(string Number) : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ReadReliefsHandler
{
    public static async Task<IReadOnlyList<ClaimRelief>> HandleAsync(ReadReliefs query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            "select id from billing.invoice where number = @number", new { number = query.Number.Trim().ToUpperInvariant() }, db.Transaction, cancellationToken: ct));
        return id is { } invoice ? await ClaimReliefs.OfInvoiceAsync(db, new InvoiceId(invoice), ct) : [];
    }
}

/// <summary>The resolutions that wait for a second person, the oldest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListRequestedReliefs : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ListRequestedReliefsHandler
{
    public static Task<IReadOnlyList<ClaimRelief>> HandleAsync(ListRequestedReliefs _, BillingDb db, CancellationToken ct) => ClaimReliefs.RequestedAsync(db, ct);
}
