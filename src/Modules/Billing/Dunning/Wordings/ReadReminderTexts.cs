using Association.Billing.Data;
using Association.Billing.Dunning.Letters;
using Association.Billing.Receivables;
using Association.Platform.Messaging;

namespace Association.Billing.Dunning.Wordings;

/// <summary>What reminders say now: each level in each language.</summary>
[Permission(BillingModule.PrepareReminders)]
internal sealed record ListReminderTexts : IQuery<IReadOnlyList<ReminderText>>;

internal static class ListReminderTextsHandler
{
    public static async Task<IReadOnlyList<ReminderText>> HandleAsync(ListReminderTexts _, BillingDb db, CancellationToken ct) =>
        [.. (await ReminderTexts.InForceAsync(db, ct)).Values.OrderBy(t => t.Level)];
}

/// <summary>Every version of what a reminder says, the newest first; empty when the office never wrote one.</summary>
[Permission(BillingModule.PrepareReminders)]
internal sealed record ReadReminderText(DunningLevel Level, string Language) : IQuery<IReadOnlyList<ReminderText>>;

internal static class ReadReminderTextHandler
{
    public static Task<IReadOnlyList<ReminderText>> HandleAsync(ReadReminderText query, BillingDb db, CancellationToken ct) =>
        ReminderTexts.VersionsAsync(db, query.Level, query.Language, ct);
}
