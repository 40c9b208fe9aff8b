using Association.Billing.Data;
using Association.Platform.Messaging;

namespace Association.Billing.Invoices.Documents;

/// <summary>These documents leave by themselves, as soon as they are made: nobody looks at them in the office first. What goes on paper waits for a print
/// batch.</summary>
[MessageName("billing.mail-invoices"), InternalOnly]
internal sealed record MailInvoices(IReadOnlyList<InvoiceId> Invoices) : ICommand;
