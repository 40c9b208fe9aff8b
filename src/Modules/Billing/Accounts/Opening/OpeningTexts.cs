namespace Association.Billing.Accounts.Opening;

/// <summary>Marks the texts beside it (OpeningTexts.resx, .fr, .en): opening balances and credits.</summary>
public sealed class OpeningTexts;
