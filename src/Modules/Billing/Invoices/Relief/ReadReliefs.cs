using Association.Billing.Data;
using Association.Platform.Messaging;

namespace Association.Billing.Invoices.Relief;

/// <summary>The resolutions on an invoice or an item taken over, the newest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadReliefs(string Number) : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ReadReliefsHandler
{
    public static Task<IReadOnlyList<ClaimRelief>> HandleAsync(ReadReliefs query, BillingDb db, CancellationToken ct) => ClaimReliefs.OfNumberAsync(db, query.Number, ct);
}

/// <summary>The resolutions that wait for a second person, the oldest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListRequestedReliefs : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ListRequestedReliefsHandler
{
    public static Task<IReadOnlyList<ClaimRelief>> HandleAsync(ListRequestedReliefs _, BillingDb db, CancellationToken ct) => ClaimReliefs.RequestedAsync(db, ct);
}
