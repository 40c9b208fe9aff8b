using Association.Office.Settings.Changes;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Rules;

/// <summary>When the office is asked about what ends, and when the dues run of the coming year is drafted.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Deadlines">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeDeadlines(int Seen, DeadlineRules Deadlines) : ICommand;

internal static class ChangeDeadlinesHandler
{
    public static IEnumerable<Problem> Validate(ChangeDeadlines command, IStringLocalizer<SettingsTexts> texts)
    {
        var rules = command.Deadlines;
        if (rules.DraftMonth is < 1 or > 12)
            yield return new("Deadlines.DraftMonth", texts["Problem.Month"]);
        else if (rules.DraftDay < 1 || rules.DraftDay > DateTime.DaysInMonth(2027, rules.DraftMonth))
            yield return new("Deadlines.DraftDay", texts["Problem.Day", SettingWords.Month(rules.DraftMonth)]); // a day that every year has
        foreach (var (field, days) in Days(rules))
            if (days is < 1 or > DeadlineRules.MostDays)
                yield return new("Deadlines." + field, texts["Problem.Days", 1, new Count(DeadlineRules.MostDays)]);
    }

    public static Task HandleAsync(ChangeDeadlines command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(command.Seen, SettingsGroup.Deadlines, (OfficeRules rules) => rules with { Deadlines = command.Deadlines }, ct);

    /// <summary>The days before, each with its field.</summary>
    public static IReadOnlyList<(string Field, int Days)> Days(DeadlineRules rules) =>
        [
            (nameof(rules.ExitDays), rules.ExitDays),
            (nameof(rules.CategoryDays), rules.CategoryDays),
            (nameof(rules.ReductionDays), rules.ReductionDays),
            (nameof(rules.MandateDays), rules.MandateDays),
            (nameof(rules.FunctionDays), rules.FunctionDays),
        ];
}
