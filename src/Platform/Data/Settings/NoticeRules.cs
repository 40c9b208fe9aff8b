namespace Association.Platform.Data.Settings;

/// <summary>To the end of what a resignation takes effect.</summary>
public enum NoticeEnd
{
    /// <summary>31 December.</summary>
    Year,

    /// <summary>30 June and 31 December.</summary>
    HalfYear,

    /// <summary>The last day of March, June, September and December.</summary>
    Quarter,

    /// <summary>The last day of any month.</summary>
    Month,
}

/// <summary>The period of notice, as the statutes have it. What counts is the day on which the declaration arrived, also at a weekend.</summary>
/// <param name="Months">0 to 24: between the end of the month in which a notice may still arrive and the last day.</param>
/// <param name="End">To the end of what.</param>
public sealed record NoticeRules(int Months = 3, NoticeEnd End = NoticeEnd.Year)
{
    /// <summary>The longest period that can be set.</summary>
    public const int MostMonths = 24;

    private int Period =>
        End switch
        {
            NoticeEnd.Year => 12,
            NoticeEnd.HalfYear => 6,
            NoticeEnd.Quarter => 3,
            _ => 1,
        };

    /// <summary>The first day of membership's end on which a notice that arrived on a day takes effect.</summary>
    public DateOnly LastDayFor(DateOnly received)
    {
        var last = EndOf(received);
        while (DeadlineFor(last) < received)
            last = EndOf(last.AddDays(1));
        return last;
    }

    /// <summary>The last day on which a notice for a last day may arrive: 30 September for 31 December, with three months.</summary>
    public DateOnly DeadlineFor(DateOnly lastDay) => lastDay.AddDays(1).AddMonths(-Months).AddDays(-1);

    /// <summary>Whether a membership can end on a day.</summary>
    public bool IsEnd(DateOnly day) => EndOf(day) == day;

    /// <summary>The end of the year, half year, quarter or month in which a day lies.</summary>
    public DateOnly EndOf(DateOnly day)
    {
        var month = (((day.Month - 1) / Period) + 1) * Period;
        return new DateOnly(day.Year, month, DateTime.DaysInMonth(day.Year, month));
    }
}
