namespace Association.Platform.Data.Kernel;

/// <summary>The process's clock: the real one until <c>--today</c> is read, which happens after the services are put together.</summary>
public sealed class HostClock : TimeProvider
{
    private TimeProvider _clock = System;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    /// <summary>Whether <c>--today</c> moved it.</summary>
    public bool IsShifted => _clock is ShiftedClock;

    /// <summary>Goes on from another business date.</summary>
    public void Shift(DateOnly today) => _clock = new ShiftedClock(today, System);
}
