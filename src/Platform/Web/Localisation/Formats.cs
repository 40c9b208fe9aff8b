using System.Globalization;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Web.Localisation;

/// <summary>How numbers, amounts, dates and account numbers look on pages, in the culture of the request.</summary>
/// <remarks>German, French and English (British) forms; minus is a real minus sign; what belongs together is joined by no-break spaces.</remarks>
public static class Formats
{
    private const char Minus = '\u2212';
    private const char Joined = '\u00a0';
    private const decimal Kilobyte = 1024;
    private const decimal Megabyte = Kilobyte * Kilobyte;

    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    private static bool EuroLeads => Culture.TwoLetterISOLanguageName == "en";

    /// <summary>„1.234,56 €“, „−60,00 €“.</summary>
    public static string Of(Money amount) => Euro(Math.Abs(amount.Amount), amount.Amount < 0 ? Minus.ToString() : "");

    /// <summary>„+2.804,20 €“, „−60,00 €“, „0,00 €“: for differences.</summary>
    public static string Difference(Money amount) =>
        Euro(
            Math.Abs(amount.Amount),
            amount.Amount switch
            {
                > 0 => "+",
                < 0 => Minus.ToString(),
                _ => "",
            }
        );

    /// <summary>„1.234,56“, as typed into a field.</summary>
    public static string Typed(Money amount) => Number(amount.Amount, 2);

    /// <summary>„1.234“: at least <paramref name="minDecimals"/> and at most six decimals.</summary>
    public static string Number(decimal number, int minDecimals = 0) =>
        Signed(number, Math.Abs(number).ToString("#,##0." + new string('0', minDecimals) + new string('#', 6 - minDecimals), Culture));

    /// <summary>„25 KB“, „1,4 MB“ of so many bytes; never less than 1 KB.</summary>
    public static string Size(long bytes) =>
        bytes < Megabyte ? $"{Number(Math.Max(1, Math.Round(bytes / Kilobyte)))}{Joined}KB" : $"{Number(Math.Round(bytes / Megabyte, 1), 1)}{Joined}MB";

    /// <summary>„5,7 %“ of the ratio 0.057.</summary>
    public static string Percent(decimal ratio, int decimals = 1) => Signed(ratio, PercentOf(ratio, decimals));

    /// <summary>„+5,7 %“ of the ratio 0.057: for differences.</summary>
    public static string PercentDifference(decimal ratio, int decimals = 1) => (ratio > 0 ? "+" : "") + Percent(ratio, decimals);

    /// <summary>„21.11.2026“.</summary>
    public static string Of(DateOnly date) => date.ToString(DatePattern, CultureInfo.InvariantCulture);

    /// <summary>„21.11.2026“, or nothing.</summary>
    public static string Of(DateOnly? date) => date is { } d ? Of(d) : "";

    /// <summary>„26.11.“, for lists within a year.</summary>
    public static string DayAndMonth(DateOnly date) =>
        Culture.TwoLetterISOLanguageName switch
        {
            "de" => date.ToString("dd'.'MM'.'", CultureInfo.InvariantCulture),
            "fr" => date.ToString("dd'/'MM", CultureInfo.InvariantCulture),
            _ => date.ToString("d MMM", Culture),
        };

    /// <summary>„Do, 26.11.“.</summary>
    public static string WeekdayAndDay(DateOnly date) => $"{Culture.DateTimeFormat.GetAbbreviatedDayName(date.DayOfWeek).TrimEnd('.')}, {DayAndMonth(date)}";

    /// <summary>„Montag, 23. November 2026“.</summary>
    public static string LongDate(DateOnly date) =>
        date.ToString(
            Culture.TwoLetterISOLanguageName switch
            {
                "de" => "dddd, d. MMMM yyyy",
                _ => "dddd d MMMM yyyy",
            },
            Culture
        );

    /// <summary>„21.11.2026, 14:03“, German wall-clock time.</summary>
    public static string Of(DateTimeOffset instant)
    {
        var local = instant.ToBusinessTime();
        return $"{Of(DateOnly.FromDateTime(local.DateTime))}, {Time(instant)}";
    }

    /// <summary>„14:03“, German wall-clock time.</summary>
    public static string Time(DateTimeOffset instant) => instant.ToBusinessTime().ToString("HH':'mm", CultureInfo.InvariantCulture);

    /// <summary>„42 s“, „12 min“, „3 h“, „5 Tage“: how long something lasted or waits, in its largest unit.</summary>
    public static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 60 } => Unit(Math.Max(0, (int)time.TotalSeconds), "s"),
            { TotalMinutes: < 60 } => Unit((int)time.TotalMinutes, "min"),
            { TotalHours: < 48 } => Unit((int)time.TotalHours, "h"),
            _ => Unit(
                (int)time.TotalDays,
                Culture.TwoLetterISOLanguageName switch
                {
                    "fr" => "jours",
                    "en" => "days",
                    _ => "Tage",
                }
            ),
        };

    /// <summary>„DE02 1203 0000 0000 2020 51“; what is no account number stays as it is.</summary>
    public static string Iban(string? iban)
    {
        var bare = string.Concat((iban ?? "").Where(c => !char.IsWhiteSpace(c)));
        return bare.Length < 15 ? iban ?? "" : string.Join(Joined, bare.Chunk(4).Select(c => new string(c)));
    }

    /// <summary>The number of the week as ISO 8601 counts it.</summary>
    public static int Week(DateOnly date) => ISOWeek.GetWeekOfYear(date.ToDateTime(TimeOnly.MinValue));

    internal static string DatePattern => Culture.TwoLetterISOLanguageName == "de" ? "dd'.'MM'.'yyyy" : "dd'/'MM'/'yyyy";

    private static string Euro(decimal positive, string sign)
    {
        var number = positive.ToString("N2", Culture);
        return EuroLeads ? $"{sign}€{number}" : $"{sign}{number}{Joined}€";
    }

    private static string Unit(int number, string unit) => $"{Number(number)}{Joined}{unit}";

    private static string Signed(decimal number, string text) => number < 0 ? Minus + text : text;

    private static string PercentOf(decimal ratio, int decimals)
    {
        var number = decimal.Round(Math.Abs(ratio) * 100, decimals, MidpointRounding.AwayFromZero)
            .ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture);
        return EuroLeads ? number + "%" : $"{number}{Joined}%";
    }
}
