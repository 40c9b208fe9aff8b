using Association.Membership.Contracts;
using Association.Platform.Messaging;

namespace Association.Billing.Contracts;

/// <summary>A chunk of a dues run has its invoices: numbers, snapshots and postings are committed.</summary>
[MessageName("billing.charges-invoiced")]
public sealed record ChargesInvoiced(DuesRunId Run, int Chunk);

/// <summary>A cancellation voided these charges: they may be charged again.</summary>
[MessageName("billing.charges-voided")]
public sealed record ChargesVoided(IReadOnlyList<ChargeId> Charges);
