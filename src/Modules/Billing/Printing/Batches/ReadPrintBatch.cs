using Association.Billing.Data;
using Association.Platform.Messaging;

namespace Association.Billing.Printing.Batches;

/// <summary>What lies in a batch, in the order of printing.</summary>
[Permission(BillingModule.Print)]
internal sealed record ReadPrintBatch(Guid Batch) : IQuery<IReadOnlyList<PrintedEnvelope>>;

internal static class ReadPrintBatchHandler
{
    public static Task<IReadOnlyList<PrintedEnvelope>> HandleAsync(ReadPrintBatch query, BillingDb db, CancellationToken ct) =>
        PrintedEnvelope.ReadAsync(db, query.Batch, ct);
}
