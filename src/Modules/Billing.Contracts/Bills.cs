using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Contracts;

/// <summary>How the invoices of bills stand, for the module that raised them.</summary>
public interface IInvoicedBills
{
    /// <summary>Of these bills; one that has no invoice yet is missing from the answer.</summary>
    Task<IReadOnlyDictionary<ChargeId, InvoicedBill>> ReadAsync(IReadOnlyCollection<ChargeId> bills, CancellationToken ct);
}

/// <summary>The invoice of a bill.</summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="IssuedOn">Its date.</param>
/// <param name="DueOn">Last day of payment.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="CancelledBy">Number of its cancellation; null without.</param>
/// <param name="File">In the archive of issued files; null while it is being made.</param>
public sealed record InvoicedBill(string Number, DateOnly IssuedOn, DateOnly DueOn, Money Open, string? CancelledBy, Guid? File);
