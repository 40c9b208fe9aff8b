namespace Association.Billing.Accounts;

/// <summary>Marks the texts beside it (AccountTexts.resx, .fr, .en): statements, refunds, opening balances.</summary>
public sealed class AccountTexts;
