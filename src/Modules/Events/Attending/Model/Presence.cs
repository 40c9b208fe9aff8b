namespace Association.Events.Attending.Model;

/// <summary>What was scanned.</summary>
internal enum CheckInKind
{
    /// <summary>Somebody came in.</summary>
    Arrived,

    /// <summary>Somebody went out.</summary>
    Left,
}

/// <summary>A scan that counts.</summary>
/// <param name="Session">Null: the door of the event.</param>
/// <param name="Kind">In or out.</param>
/// <param name="At">When.</param>
internal sealed record Scan(Guid? Session, CheckInKind Kind, DateTimeOffset At);

/// <summary>How long somebody was there, from what was scanned.</summary>
internal static class Presence
{
    /// <summary>
    /// Whole minutes between a beginning and an end. Who came in and was not seen going out stayed to the end; who is seen coming twice was there all the time;
    /// a going out without a coming in counts for nothing.
    /// </summary>
    public static int Minutes(IEnumerable<Scan> scans, DateTimeOffset from, DateTimeOffset to)
    {
        var (sum, since) = (TimeSpan.Zero, (DateTimeOffset?)null);
        foreach (var scan in scans.OrderBy(s => s.At).ThenBy(s => s.Kind))
            if (scan.Kind == CheckInKind.Arrived)
                since ??= scan.At;
            else if (since is { } came)
            {
                sum += Within(came, scan.At, from, to);
                since = null;
            }
        if (since is { } stayed)
            sum += Within(stayed, to, from, to);
        return (int)sum.TotalMinutes;
    }

    private static TimeSpan Within(DateTimeOffset came, DateTimeOffset went, DateTimeOffset from, DateTimeOffset to)
    {
        var (begin, end) = (came < from ? from : came, went > to ? to : went);
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
