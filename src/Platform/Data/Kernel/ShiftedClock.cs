namespace Association.Platform.Data.Kernel;

/// <summary>A clock that runs on from another day: <c>--today</c> on demo installations, and tests.</summary>
/// <param name="today">The business date on which it starts, at the present time of day in Germany.</param>
/// <param name="source">The clock that really ticks.</param>
public sealed class ShiftedClock(DateOnly today, TimeProvider source) : TimeProvider
{
    private readonly TimeSpan _shift = At(today, source.GetUtcNow()) - source.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => source.GetUtcNow() + _shift;

    // By the wall clock: whole days of 24 hours would end on the wrong date when summer time lies between.
    private static DateTimeOffset At(DateOnly day, DateTimeOffset now)
    {
        var wallClock = day.ToDateTime(TimeOnly.FromDateTime(now.ToBusinessTime().DateTime));
        return new DateTimeOffset(wallClock, BusinessCalendar.Zone.GetUtcOffset(wallClock));
    }
}
