namespace Association.Billing.Invoices.Cancelling;

/// <summary>Marks the texts beside it (CancellingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class CancellingTexts;
