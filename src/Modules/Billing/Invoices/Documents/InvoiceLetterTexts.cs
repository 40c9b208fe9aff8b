namespace Association.Billing.Invoices.Documents;

/// <summary>Marks the texts of printed documents (InvoiceLetterTexts.resx, .fr, .en): they speak the member's language, not the reader's.</summary>
internal sealed class InvoiceLetterTexts;
