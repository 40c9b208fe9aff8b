namespace Association.Events.Pricing;

/// <summary>Marks the texts beside it (PricingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class PricingTexts;
