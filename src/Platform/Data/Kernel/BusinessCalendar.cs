namespace Association.Platform.Data.Kernel;

/// <summary>Business dates: the calendar day in Germany, whatever the machine's zone.</summary>
public static class BusinessCalendar
{
    /// <summary>The zone in which due dates, entries and exits are meant.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Today's business date.</summary>
    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().ToBusinessDate();

    /// <summary>The business date on which an instant falls.</summary>
    public static DateOnly ToBusinessDate(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToBusinessTime().DateTime);

    /// <summary>The wall-clock time in Germany of an instant.</summary>
    public static DateTimeOffset ToBusinessTime(this DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The instant at which a business date begins.</summary>
    public static DateTimeOffset StartOfBusinessDay(this DateOnly day) =>
        new DateTimeOffset(day, TimeOnly.MinValue, Zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue))).ToUniversalTime();
}
