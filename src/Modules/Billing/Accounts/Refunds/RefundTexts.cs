namespace Association.Billing.Accounts.Refunds;

/// <summary>Marks the texts beside it (RefundTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class RefundTexts;
