using Association.Office.Settings.Changes;
using Association.Office.Settings.Numbers;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Rules;

/// <summary>Languages, fiscal year and income accounts, period of notice.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Languages">What shall hold.</param>
/// <param name="Bookkeeping">What shall hold.</param>
/// <param name="Notice">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeOfficeRules(int Seen, OfferedLanguages Languages, BookkeepingRules Bookkeeping, NoticeRules Notice) : ICommand;

/// <summary>When dues fall due, when they are reminded of, and how they are settled.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Due">What shall hold.</param>
/// <param name="Reminders">What shall hold.</param>
/// <param name="Settlement">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeClaimRules(int Seen, DueRules Due, ReminderRules Reminders, SettlementRules Settlement) : ICommand;

/// <summary>From which amount on a second person has to agree.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Limits">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeFourEyes(int Seen, FourEyesRules Limits) : ICommand;

/// <summary>All rules at once, as a file of the command line has them: all of them hold, or none.</summary>
/// <param name="Seen">The version that the file was put over.</param>
/// <param name="Rules">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeRules(int Seen, OfficeRules Rules) : ICommand;

internal static class ChangeOfficeRulesHandler
{
    public static IEnumerable<Problem> Validate(ChangeOfficeRules command, IStringLocalizer<SettingsTexts> texts)
    {
        if (command.Bookkeeping.FiscalYearMonth is < 1 or > 12)
            yield return new("Bookkeeping.FiscalYearMonth", texts["Problem.Month"]);
        if (command.Notice.Months is < 0 or > NoticeRules.MostMonths)
            yield return new("Notice.Months", texts["Problem.NoticeMonths", new Count(NoticeRules.MostMonths)]);
        if (!Enum.IsDefined(command.Notice.End))
            yield return new("Notice.End", texts["Problem.NoticeMonths", new Count(NoticeRules.MostMonths)]);
        var income = command.Bookkeeping.Income;
        foreach (var (field, number) in new[] { ("Dues", income.Dues), ("Admission", income.Admission), ("Levy", income.Levy), ("Services", income.Services) })
            if (number.Length is < 3 or > 8 || !number.All(char.IsAsciiDigit))
                yield return new("Bookkeeping.Income." + field, texts["Problem.AccountNumber"]);
    }

    public static Task HandleAsync(ChangeOfficeRules command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(
            command.Seen,
            SettingsGroup.Office,
            (OfficeRules rules) => (rules with { Languages = command.Languages, Bookkeeping = command.Bookkeeping, Notice = command.Notice }).Keeping(rules),
            ct
        );
}

internal static class ChangeClaimRulesHandler
{
    private const int MostDays = 365;
    private static readonly Money MostFee = new(100m);

    public static IEnumerable<Problem> Validate(ChangeClaimRules command, IStringLocalizer<SettingsTexts> texts)
    {
        var due = command.Due;
        if (due.Month is < 1 or > 12)
            yield return new("Due.Month", texts["Problem.Month"]);
        else if (due.Day < 1 || due.Day > DateTime.DaysInMonth(2027, due.Month))
            yield return new("Due.Day", texts["Problem.Day", SettingWords.Month(due.Month)]); // a day that every year has
        if (due.DaysAfterIssue is < 0 or > MostDays)
            yield return new("Due.DaysAfterIssue", texts["Problem.Days", 0, new Count(MostDays)]);
        var reminders = command.Reminders;
        // A reminder never leaves on the due day itself, nor does a demand on the day of the letter before it.
        foreach (
            var (field, days) in new[]
            {
                (nameof(reminders.ReminderAfterDays), reminders.ReminderAfterDays),
                (nameof(reminders.FirstLevelAfterDays), reminders.FirstLevelAfterDays),
                (nameof(reminders.SecondLevelAfterDays), reminders.SecondLevelAfterDays),
                (nameof(reminders.PayWithinDays), reminders.PayWithinDays),
                (nameof(reminders.BoardAfterDays), reminders.BoardAfterDays),
            }
        )
            if (days is < 1 or > MostDays)
                yield return new("Reminders." + field, texts["Problem.Days", 1, new Count(MostDays)]);
        foreach (
            var (field, fee) in new[]
            {
                ("Reminders." + nameof(reminders.ReminderFee), reminders.ReminderFee),
                ("Reminders." + nameof(reminders.FirstLevelFee), reminders.FirstLevelFee),
                ("Reminders." + nameof(reminders.SecondLevelFee), reminders.SecondLevelFee),
                ("Settlement.SmallDifference", command.Settlement.SmallDifference),
            }
        )
            if (fee < Money.Zero || fee > MostFee)
                yield return new(field, texts["Problem.Fee", Formats.Of(MostFee)]);
        if (!Enum.IsDefined(command.Settlement.Order))
            yield return new("Settlement.Order", texts["Problem.Choice"]);
    }

    public static Task HandleAsync(ChangeClaimRules command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(
            command.Seen,
            SettingsGroup.Claims,
            (OfficeRules rules) => rules with { Due = command.Due, Reminders = command.Reminders, Settlement = command.Settlement },
            ct
        );
}

internal static class ChangeFourEyesHandler
{
    public static IEnumerable<Problem> Validate(ChangeFourEyes command, IStringLocalizer<SettingsTexts> texts)
    {
        var limits = command.Limits;
        (string Field, Money? Limit)[] all =
        [
            ("FourEyes.WaiverFrom", limits.WaiverFrom),
            ("FourEyes.WriteOffFrom", limits.WriteOffFrom),
            ("FourEyes.CancellationFrom", limits.CancellationFrom),
            ("FourEyes.RefundFrom", limits.RefundFrom),
        ];
        foreach (var (field, _) in all.Where(l => l.Limit < Money.Zero))
            yield return new(field, texts["Problem.Negative"]);
    }

    public static Task HandleAsync(ChangeFourEyes command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(command.Seen, SettingsGroup.FourEyes, (OfficeRules rules) => rules with { FourEyes = command.Limits }, ct);
}

internal static class ChangeRulesHandler
{
    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        ChangeRules command,
        NumberSeriesInUse used,
        IStringLocalizer<SettingsTexts> texts,
        CancellationToken ct
    )
    {
        var (seen, rules) = command;
        return
        [
            .. ChangeOfficeRulesHandler.Validate(new(seen, rules.Languages, rules.Bookkeeping, rules.Notice), texts),
            .. await ChangeNumbersHandler.ValidateAsync(new(seen, rules.Numbers), used, texts, ct),
            .. ChangeClaimRulesHandler.Validate(new(seen, rules.Due, rules.Reminders, rules.Settlement), texts),
            .. ChangeDeadlinesHandler.Validate(new(seen, rules.Deadlines), texts),
            .. ChangeFourEyesHandler.Validate(new(seen, rules.FourEyes), texts),
        ];
    }

    public static Task HandleAsync(ChangeRules command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(
            command.Seen,
            SettingsGroup.Rules,
            (OfficeRules current) => (command.Rules with { Version = current.Version, Mail = current.Mail }).Keeping(current),
            ct
        );
}
