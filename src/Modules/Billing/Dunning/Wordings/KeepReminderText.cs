using Association.Billing.Data;
using Association.Billing.Dunning.Letters;
using Association.Billing.Receivables;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Wordings;

/// <summary>Keeps what a reminder says as a new version; reminders written from now on have it. The same words again keep nothing.</summary>
/// <param name="Level">Of the letter.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Wording">With fields between braces; null: back to the product's.</param>
/// <param name="Version">The version that was changed; 0 when there was none.</param>
[Permission(BillingModule.PrepareReminders)]
internal sealed record KeepReminderText(DunningLevel Level, string Language, ReminderWording? Wording, int Version) : ICommand;

internal static class KeepReminderTextHandler
{
    public static async Task<ReminderText> LoadAsync(KeepReminderText command, BillingDb db, CancellationToken ct)
    {
        await db.OneAtATimeAsync("billing.reminder_text", ct);
        return (await ReminderTexts.VersionsAsync(db, command.Level, command.Language, ct)) is [var newest, ..]
            ? newest
            : ReminderText.Own(command.Level, command.Language);
    }

    public static IEnumerable<Problem> Validate(KeepReminderText command, ReminderText newest, IStringLocalizer<DunningTexts> texts) =>
        ReminderTextRules.Place(command.Level, command.Language, texts) is { } nowhere ? [nowhere]
        : newest.Version != command.Version ? throw new ConcurrentEditException(texts["Problem.TextChanged", newest.SavedBy ?? "", newest.Version])
        : command.Wording?.Trimmed().Check(command.Language, texts) ?? [];

    public static async Task<bool> HandleAsync(
        KeepReminderText command,
        ReminderText newest,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var wording = command.Wording?.Trimmed();
        if (wording == newest.Edited || wording == newest.Wording)
            return false;
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.reminder_text (level, language, version, subject, introduction, request, closing, saved_at, saved_by)
                values (@level, @Language, @version, @Subject, @Introduction, @Request, @Closing, @now, @by)
                """,
                new
                {
                    level = (int)command.Level,
                    command.Language,
                    version = newest.Version + 1,
                    wording?.Subject,
                    wording?.Introduction,
                    wording?.Request,
                    wording?.Closing,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return true;
    }
}

internal static class ReminderTextRules
{
    /// <summary>A level or a language that there is not.</summary>
    public static Problem? Place(DunningLevel level, string language, IStringLocalizer<DunningTexts> texts) =>
        Enum.IsDefined(level) && ReminderWording.Languages.Contains(language) ? null : new Problem("", texts["Problem.NoSuchText"]);
}
