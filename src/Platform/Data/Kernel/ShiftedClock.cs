namespace Association.Platform.Data.Kernel;

/// <summary>A clock that runs on from another day: <c>--today</c> on demo installations, and tests.</summary>
/// <param name="today">The business date on which it starts, at the present time of day.</param>
/// <param name="source">The clock that really ticks.</param>
public sealed class ShiftedClock(DateOnly today, TimeProvider source) : TimeProvider
{
    private readonly TimeSpan _shift = TimeSpan.FromDays(today.DayNumber - source.Today().DayNumber);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => source.GetUtcNow() + _shift;
}
