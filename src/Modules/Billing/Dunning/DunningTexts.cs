namespace Association.Billing.Dunning;

/// <summary>Marks the texts of reminders as the office reads them.</summary>
internal sealed class DunningTexts;
