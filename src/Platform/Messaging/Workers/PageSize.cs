namespace Association.Platform.Messaging.Workers;

/// <summary>How many messages to claim at once: about a second of work, so that hosts share slow messages and fast ones come by the hundred.</summary>
internal sealed class PageSize(int parallelism, int max)
{
    private double _seconds = 0.02; // per message; a moving average that starts cautiously

    /// <summary>At least one for each lane.</summary>
    public int Size => (int)Math.Clamp(parallelism / Volatile.Read(ref _seconds), parallelism, Math.Max(parallelism, max));

    /// <summary>A message took so long.</summary>
    public void Learn(TimeSpan took) => Volatile.Write(ref _seconds, (0.8 * Volatile.Read(ref _seconds)) + (0.2 * Math.Max(took.TotalSeconds, 1e-6)));
}
