namespace Association.Billing.Invoices.Readdressing;

/// <summary>Marks the texts beside it (ReaddressTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class ReaddressTexts;
