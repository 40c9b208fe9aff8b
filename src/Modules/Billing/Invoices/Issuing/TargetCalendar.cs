namespace Association.Billing.Invoices.Issuing;

/// <summary>The days on which TARGET settles, and therefore a direct debit can fall due (EPC130-08, section 4.3.1).</summary>
/// <remarks>Closed: Saturday, Sunday, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. Regional holidays do not count.</remarks>
internal static class TargetCalendar
{
    /// <summary>Whether TARGET settles on this day.</summary>
    public static bool IsOpen(DateOnly day)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) return false;
        if (day is { Month: 1, Day: 1 } or { Month: 5, Day: 1 } or { Month: 12, Day: 25 or 26 }) return false;
        var easter = EasterSunday(day.Year);
        return day != easter.AddDays(-2) && day != easter.AddDays(1);
    }

    /// <summary>The day itself, or the next one on which TARGET settles.</summary>
    public static DateOnly SameOrNext(DateOnly day)
    {
        while (!IsOpen(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8).</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (8 * b + 13) / 25;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 19 * l) / 433;
        var month = (h + l - 7 * m + 90) / 25;
        var day = (h + l - 7 * m + 33 * month + 19) % 32;
        return new DateOnly(year, month, day);
    }
}
