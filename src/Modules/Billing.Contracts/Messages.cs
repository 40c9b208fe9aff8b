using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Billing.Contracts;

/// <summary>A chunk of a dues run has its invoices: numbers, snapshots and postings are committed, and each document has its file.</summary>
[MessageName("billing.charges-invoiced")]
public sealed record ChargesInvoiced(DuesRunId Run, int Chunk);

/// <summary>A cancellation voided these charges: they may be charged again.</summary>
[MessageName("billing.charges-voided")]
public sealed record ChargesVoided(IReadOnlyList<ChargeId> Charges);

/// <summary>A correction stands in the books: the wrong invoice is cancelled, the right one issued.</summary>
/// <param name="Correction">Which.</param>
/// <param name="Cancellation">Number of the cancellation.</param>
/// <param name="Invoice">Number of the new invoice; null when nothing is owed.</param>
/// <param name="SetOff">What was paid on the wrong invoice and now pays the new one.</param>
/// <param name="Credit">What was paid beyond that.</param>
[MessageName("billing.correction-booked")]
public sealed record CorrectionBooked(CorrectionId Correction, string Cancellation, string? Invoice, Money SetOff, Money Credit);
