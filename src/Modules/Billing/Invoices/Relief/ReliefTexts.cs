namespace Association.Billing.Invoices.Relief;

/// <summary>Marks the texts beside it (ReliefTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class ReliefTexts;
