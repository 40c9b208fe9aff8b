using PublicHoliday;

namespace Association.Billing.Invoices.Issuing;

/// <summary>The days on which TARGET settles, and therefore a direct debit can fall due (EPC130-08, section 4.3.1).</summary>
/// <remarks>Closed: Saturday, Sunday, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. Regional holidays do not count.</remarks>
internal static class TargetCalendar
{
    private static readonly EcbTargetClosingDay ClosingDays = new();

    /// <summary>Whether TARGET settles on this day.</summary>
    public static bool IsOpen(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !ClosingDays.IsPublicHoliday(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The day itself, or the next one on which TARGET settles.</summary>
    public static DateOnly SameOrNext(DateOnly day)
    {
        while (!IsOpen(day))
            day = day.AddDays(1);
        return day;
    }
}
