namespace Association.Billing.Dunning.Letters;

/// <summary>Marks the texts of reminders as members read them.</summary>
internal sealed class ReminderLetterTexts;
