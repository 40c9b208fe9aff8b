namespace Association.Billing.Accounts.Statement;

/// <summary>Marks the texts of printed statements (StatementLetterTexts.resx, .fr, .en): they speak the member's language, not the reader's.</summary>
internal sealed class StatementLetterTexts;
