using Association.Billing.Data;
using Association.Billing.Receivables;
using Dapper;

namespace Association.Billing.Dunning.Letters;

/// <summary>A version of what a reminder says.</summary>
/// <param name="Level">Of the letter.</param>
/// <param name="Language"><c>de</c>, <c>fr</c>, <c>en</c>.</param>
/// <param name="Version">1, 2, 3 …; 0 when nobody ever wrote one.</param>
/// <param name="Edited">As the office wrote it; null: the product's.</param>
/// <param name="SavedAt">When; null of version 0.</param>
/// <param name="SavedBy">Who; null of version 0.</param>
internal sealed record ReminderText(DunningLevel Level, string Language, int Version, ReminderWording? Edited, DateTimeOffset? SavedAt, string? SavedBy)
{
    /// <summary>What is printed.</summary>
    public ReminderWording Wording => Edited ?? ReminderWording.Own(Level, Language);

    /// <summary>Where nobody wrote one.</summary>
    public static ReminderText Own(DunningLevel level, string language) => new(level, language, 0, null, null, null);
}

/// <summary>Reads what reminders say.</summary>
internal static class ReminderTexts
{
    private const string Columns = "level, language, version, subject, introduction, request, closing, saved_at as SavedAt, saved_by as SavedBy";

    /// <summary>What holds now, by level and language.</summary>
    public static async Task<IReadOnlyDictionary<(DunningLevel Level, string Language), ReminderText>> InForceAsync(BillingDb db, CancellationToken ct)
    {
        var written = await ReadAsync(
            db,
            $"select distinct on (level, language) {Columns} from billing.reminder_text order by level, language, version desc",
            new { },
            ct
        );
        var texts = Enum.GetValues<DunningLevel>()
            .SelectMany(level => ReminderWording.Languages.Select(language => ReminderText.Own(level, language)))
            .ToDictionary(t => (t.Level, t.Language));
        foreach (var text in written)
            texts[(text.Level, text.Language)] = text;
        return texts;
    }

    /// <summary>All versions at a level in a language, the newest first.</summary>
    public static Task<IReadOnlyList<ReminderText>> VersionsAsync(BillingDb db, DunningLevel level, string language, CancellationToken ct) =>
        ReadAsync(
            db,
            $"select {Columns} from billing.reminder_text where level = @level and language = @language order by version desc",
            new { level = (int)level, language },
            ct
        );

    private static async Task<IReadOnlyList<ReminderText>> ReadAsync(BillingDb db, string sql, object parameters, CancellationToken ct) =>
        [
            .. (await (await db.ConnectionAsync(ct)).QueryAsync<Row>(new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct))).Select(
                r => new ReminderText(
                    (DunningLevel)r.Level,
                    r.Language,
                    r.Version,
                    r.Subject is null ? null : new ReminderWording(r.Subject, r.Introduction!, r.Request!, r.Closing!),
                    r.SavedAt,
                    r.SavedBy
                )
            ),
        ];

    // As Dapper wants it: the names of the columns, in their order.
    private sealed record Row(
        int Level,
        string Language,
        int Version,
        string? Subject,
        string? Introduction,
        string? Request,
        string? Closing,
        DateTime SavedAt,
        string SavedBy
    );
}
