namespace Association.Platform.Data.LongWork;

/// <summary>How far a piece of long work is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What does it: <c>membership.dues-run</c>.</param>
/// <param name="Subject">What a person calls it („Beitragslauf 2027“), a <see cref="StoredText"/>.</param>
/// <param name="Link">The page that shows it.</param>
/// <param name="Total">How many things there are to do; zero is finished at once.</param>
/// <param name="Done">How many went well.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="StartedBy">Name of the person.</param>
/// <param name="StartedAt">When.</param>
/// <param name="FinishedAt">When the last one was done; null while it runs.</param>
/// <param name="CancelWished">Whether somebody wishes that it stops after the chunk it is at.</param>
public sealed record LongWorkState(
    Guid Id,
    string Kind,
    string Subject,
    string Link,
    int Total,
    int Done,
    int Failed,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    bool CancelWished
)
{
    /// <summary>Whether nothing is left to do.</summary>
    public bool IsFinished => FinishedAt is not null;

    /// <summary>0 … 100, rounded down, so that 100 means finished.</summary>
    public int Percent => Total == 0 ? 100 : (int)((long)Math.Min(Done + Failed, Total) * 100 / Total);
}

/// <summary>One thing that did not go well.</summary>
/// <param name="At">When.</param>
/// <param name="Subject">Which thing: a number or an id, no personal data.</param>
/// <param name="Reason">A sentence for the office.</param>
public sealed record LongWorkError(DateTimeOffset At, string Subject, string Reason);
