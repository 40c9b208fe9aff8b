using Association.Billing.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Billing.Invoices.Cancelling;

internal enum CancellationState
{
    /// <summary>A second person is to agree.</summary>
    Requested,

    /// <summary>Agreed to; the cancellation is issued.</summary>
    Issued,

    /// <summary>Given up, or refused.</summary>
    Withdrawn,
}

/// <summary>A cancellation that needs or needed a second person. At most one live one an invoice.</summary>
internal sealed class CancellationRequest : INeedsApproval
{
    public required Guid Id { get; init; }
    public required InvoiceId InvoiceId { get; init; }
    public NamedInvoice Invoice { get; private set; } = null!;
    public required string Reason { get; init; }
    public CancellationState State { get; private set; }
    public required Approval Approval { get; init; }
    public uint Version { get; private set; }

    public void Issue() => State = CancellationState.Issued;

    public void GiveUp() => State = CancellationState.Withdrawn;

    internal sealed class Mapping : IEntityTypeConfiguration<CancellationRequest>
    {
        public void Configure(EntityTypeBuilder<CancellationRequest> builder)
        {
            builder.Property(r => r.Version).IsRowVersion();
            builder.HasApproval(r => r.Approval);
            builder.HasOne(r => r.Invoice).WithMany().HasForeignKey(r => r.InvoiceId);
            builder.Navigation(r => r.Invoice).AutoInclude();
        }
    }
}

/// <summary>The request on an invoice that came last, in whatever state; null when there is none.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadCancellationRequest(string Number) : IQuery<CancellationRequest?>;

internal static class ReadCancellationRequestHandler
{
    public static Task<CancellationRequest?> HandleAsync(ReadCancellationRequest query, BillingDb db, CancellationToken ct)
    {
        var number = query.Number.Trim().ToUpperInvariant();
        return db.Set<CancellationRequest>().Where(r => r.Invoice.Number == number).OrderByDescending(r => r.Approval.AskedAt).FirstOrDefaultAsync(ct);
    }
}

/// <summary>The cancellations that wait for a second person, the oldest first.</summary>
/// <param name="RefusedSince">Also those that were refused since and not asked for anew; null: none.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListCancellationRequests(DateTimeOffset? RefusedSince = null) : IQuery<IReadOnlyList<CancellationRequest>>;

internal static class ListCancellationRequestsHandler
{
    // A correction may have cancelled the invoice meanwhile: then nothing waits any more.
    public static async Task<IReadOnlyList<CancellationRequest>> HandleAsync(ListCancellationRequests query, BillingDb db, CancellationToken ct) =>
        await db.Set<CancellationRequest>()
            .Where(r => !db.Set<NamedInvoice>().Any(c => c.CancelsId == r.InvoiceId))
            .Where(r =>
                r.State == CancellationState.Requested
                || (
                    r.Approval.Refusal != null
                    && r.Approval.EndedAt > query.RefusedSince
                    && !db.Set<CancellationRequest>().Any(n => n.InvoiceId == r.InvoiceId && n.Approval.AskedAt > r.Approval.AskedAt)
                )
            )
            .OrderBy(r => r.Approval.AskedAt)
            .ToListAsync(ct);
}
