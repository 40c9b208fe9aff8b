namespace Association.Billing;

/// <summary>Marks the texts beside it (BillingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class BillingTexts;
