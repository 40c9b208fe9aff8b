namespace Association.Billing.Data;

/// <summary>Marks the texts of the lists' filters for <c>IStringLocalizer</c>.</summary>
public sealed class ListingTexts;
