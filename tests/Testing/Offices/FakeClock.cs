using Association.Platform.Data.Kernel;

namespace Association.Testing;

/// <summary>A clock that a test sets. It runs on from the time set, so that whatever waits is not stopped.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _shift;

    /// <summary>Starts at a business date at noon in Germany; without one, at the present.</summary>
    public FakeClock(DateOnly? today = null)
    {
        if (today is { } day)
            SetToday(day);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    /// <summary>Sets the time.</summary>
    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _shift, (now - System.GetUtcNow()).Ticks);

    /// <summary>Sets noon in Germany of a business date.</summary>
    public void SetToday(DateOnly day)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        Set(new DateTimeOffset(noon, BusinessCalendar.Zone.GetUtcOffset(noon)));
    }

    /// <summary>Moves the time.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
