using System.Globalization;
using System.Text.RegularExpressions;
using Association.Platform.Data.Kernel;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary>Says in words when a cron expression comes. What it cannot say exactly, it quotes.</summary>
internal static partial class CronWords
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>„täglich um 03:15 Uhr“, in the language of the request.</summary>
    public static string Describe(string cron, IStringLocalizer<JobsTexts> texts)
    {
        var quoted = texts["Schedule.Expression", cron].Value;
        if (cron.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["0", var minute, var hour, var day, var month, var weekday])
            return quoted;
        var everyDay = day is "*" or "?" && month == "*" && weekday is "*" or "?";
        if (Number(minute) is not { } minutes)
            return everyDay && hour == "*" && Every(minute, 60) is { } each ? texts["Schedule.Minutes", new Count(each)] : quoted;
        if (Number(hour) is not { } hours)
            return !everyDay ? quoted
                : hour == "*"
                    ? minutes == 0 ? texts["Schedule.Hourly"]
                        : texts["Schedule.HourlyAt", new Count(minutes)]
                : minutes == 0 && Every(hour, 24) is { } step ? texts["Schedule.Hours", new Count(step)]
                : quoted;
        var time = new TimeOnly(hours, minutes).ToString("HH':'mm", CultureInfo.InvariantCulture);
        return everyDay ? texts["Schedule.Daily", time]
            : month == "*" && weekday == "?" ? OfMonth(day, time, texts) ?? quoted
            : month == "*" && day == "?" ? OfWeek(weekday, time, texts) ?? quoted
            : weekday == "?" && Number(day) is { } only && Number(month) is { } name ? texts["Schedule.Yearly", Date(name, only), time]
            : quoted;
    }

    private static string? OfMonth(string day, string time, IStringLocalizer<JobsTexts> texts)
    {
        if (day == "L")
            return texts["Schedule.MonthEnd", time];
        var numbers = day.Split(',').Select(Number).ToList();
        return numbers.Contains(null)
            ? null
            : texts["Schedule.Monthly", Join(numbers.Select(n => texts["Schedule.DayOfMonth", n!.Value].Value), texts), time].Value;
    }

    private static string? OfWeek(string weekday, string time, IStringLocalizer<JobsTexts> texts)
    {
        if (weekday.Split('-') is [var first, var last])
            return NameOf(first) is { } from && NameOf(last) is { } to ? texts["Schedule.WeekdayRange", from, to, time].Value : null;
        var names = weekday.Split(',').Select(NameOf).ToList();
        return names.Contains(null) ? null : texts["Schedule.Weekly", Join(names.OfType<string>(), texts), time].Value;
    }

    private static string? NameOf(string weekday)
    {
        var index = Number(weekday) % 7 ?? Array.IndexOf(Days, weekday.ToUpperInvariant());
        return index is >= 0 and < 7 ? CultureInfo.CurrentCulture.DateTimeFormat.GetDayName((DayOfWeek)index) : null;
    }

    private static string Date(int month, int day) =>
        new DateOnly(2000, month, day).ToString(
            CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "de" ? "d'.' MMMM" : "d MMMM",
            CultureInfo.CurrentCulture
        );

    private static string Join(IEnumerable<string> words, IStringLocalizer<JobsTexts> texts) =>
        words.ToList() switch
        {
            [var one] => one,
            [.. var others, var last] => texts["Schedule.And", string.Join(", ", others), last],
            [] => "",
        };

    // Only steps that fill the hour or the day evenly are "every so many".
    private static int? Every(string field, int whole) =>
        Step().Match(field) is { Success: true } match && Number(match.Groups[1].Value) is { } n and > 0 && whole % n == 0 ? n : null;

    private static int? Number(string field) =>
        field.Length <= 2 && int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(?:0|\*)/([0-9]{1,2})$", RegexOptions.NonBacktracking)]
    private static partial Regex Step();
}
