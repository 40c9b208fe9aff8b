namespace Association.Platform.Messaging.Storage;

/// <summary>
/// From where a queue is read on, by all lanes of a process together. What others have just claimed is not stepped over, nor what was
/// finished and leaves dead entries at the front of the index as long as an old snapshot (a backup, a long report) may still see it.
/// </summary>
internal sealed class QueuePosition
{
    // What was committed late, or given back, may lie before the position; it waits no longer than this while the queue is busy.
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);
    private static readonly DateTime Start = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
    private readonly Lock _gate = new();
    private DateTime _since = Start;
    private string _afterGroup = "";
    private long _startedAt = Environment.TickCount64;

    /// <summary>Due before this (UTC): not looked at. Groups are visited in turn: those after this one.</summary>
    public (DateTime Since, string AfterGroup) Current
    {
        get
        {
            lock (_gate) return (_since, _afterGroup);
        }
    }

    /// <summary>These were claimed.</summary>
    public void Advance(List<Envelope> page)
    {
        lock (_gate)
        {
            foreach (var envelope in page)
                if (envelope.Group is { } group) _afterGroup = group;
                else if (envelope.DueAt > _since) _since = envelope.DueAt;
            if (Environment.TickCount64 - _startedAt > Window.TotalMilliseconds) GoToStart();
        }
    }

    /// <summary>Back to the start, because nothing was found from here on.</summary>
    /// <param name="from">Where nothing was found.</param>
    /// <returns>False when that was the start.</returns>
    public bool Restart((DateTime Since, string AfterGroup) from)
    {
        lock (_gate) GoToStart();
        return from != (Start, "");
    }

    private void GoToStart() => (_since, _afterGroup, _startedAt) = (Start, "", Environment.TickCount64);
}
