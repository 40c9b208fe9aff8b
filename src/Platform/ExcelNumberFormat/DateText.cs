using System.Globalization;
using System.Text;

namespace ExcelNumberFormat;

/// <summary>Days and times: <c>dd.mm.yyyy</c>, <c>h:mm AM/PM</c>, <c>[hh]:mm</c>.</summary>
internal static class DateText
{
    public static string Write(IReadOnlyList<Token> tokens, decimal value, CultureInfo culture)
    {
        var moment = Days.At(value, tokens.FirstOrDefault(t => t.Kind == TokenKind.SubSecond).Text?.Length ?? 0);
        if (moment is not { } at)
            return new string('#', 8); // a day that no calendar has, as Excel shows it
        var noon = tokens.Any(t => t.Kind == TokenKind.Noon);
        var text = new StringBuilder();
        foreach (var token in tokens)
            text.Append(
                token.Kind switch
                {
                    TokenKind.Date => Part(token.Text, at, noon, culture),
                    TokenKind.Elapsed => Elapsed(token.Text, value),
                    TokenKind.Noon => token.Text.Length > 3 ? (at.Hour < 12 ? "AM" : "PM")
                    : at.Hour < 12 ? "A"
                    : "P",
                    TokenKind.SubSecond => culture.NumberFormat.NumberDecimalSeparator
                        + at.ToString("fffffff", CultureInfo.InvariantCulture)[..Math.Min(token.Text.Length, 7)],
                    TokenKind.Slash => culture.DateTimeFormat.DateSeparator,
                    _ => token.Text,
                }
            );
        return text.ToString();
    }

    private static string Part(string letters, DateTime at, bool noon, CultureInfo culture) =>
        letters switch
        {
            "y" or "yy" => Number(at.Year % 100, 2),
            ['y', ..] or ['e', ..] => Number(at.Year, 4),
            "m" => Number(at.Month, 1),
            "mm" => Number(at.Month, 2),
            "mmm" => culture.DateTimeFormat.GetAbbreviatedMonthName(at.Month),
            "mmmmm" => culture.DateTimeFormat.GetMonthName(at.Month)[..1],
            ['m', ..] => culture.DateTimeFormat.GetMonthName(at.Month),
            "d" => Number(at.Day, 1),
            "dd" => Number(at.Day, 2),
            "ddd" => culture.DateTimeFormat.GetAbbreviatedDayName(at.DayOfWeek),
            ['d', ..] => culture.DateTimeFormat.GetDayName(at.DayOfWeek),
            ['h', .. var more] => Number(noon ? (at.Hour + 11) % 12 + 1 : at.Hour, more.Length + 1),
            ['n', .. var more] => Number(at.Minute, more.Length + 1),
            ['s', .. var more] => Number(at.Second, more.Length + 1),
            _ => "",
        };

    private static string Elapsed(string unit, decimal days)
    {
        var seconds = decimal.Round(Math.Abs(days) * 86_400, MidpointRounding.AwayFromZero);
        var count = decimal.Truncate(
            unit[0] switch
            {
                'h' => seconds / 3600,
                'm' => seconds / 60,
                _ => seconds,
            }
        );
        return (days < 0 ? "-" : "") + count.ToString(new string('0', unit.Length), CultureInfo.InvariantCulture);
    }

    private static string Number(int number, int digits) => number.ToString(new string('0', Math.Min(digits, 4)), CultureInfo.InvariantCulture);
}

/// <summary>Days as Excel counts them: 1 is 1 January 1900, and it believes in a 29 February 1900.</summary>
internal static class Days
{
    private const int ImaginaryDay = 60;
    private static readonly DateTime DayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly decimal LastDay = 2_958_466; // 1 January 10000

    public static decimal Of(DateTime moment)
    {
        var days = (decimal)(moment - DayZero).Ticks / TimeSpan.TicksPerDay;
        return days < ImaginaryDay + 1 ? days - 1 : days;
    }

    /// <summary>The moment of a count, rounded to what is shown; null when there is none.</summary>
    public static DateTime? At(decimal days, int decimalsOfSecond)
    {
        if (days < 0 || days >= LastDay)
            return null;
        var unit = TimeSpan.TicksPerSecond / (decimal)Math.Pow(10, Math.Min(decimalsOfSecond, 7));
        var ticks = decimal.Round(days * TimeSpan.TicksPerDay / unit, MidpointRounding.AwayFromZero) * unit;
        return DayZero.AddDays(days < ImaginaryDay ? 1 : 0).AddTicks((long)ticks);
    }
}
