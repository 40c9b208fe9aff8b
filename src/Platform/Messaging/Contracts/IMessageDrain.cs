namespace Association.Platform.Messaging;

/// <summary>Waits until everything that was caused has settled; the command line and tests use it. Scoped.</summary>
public interface IMessageDrain
{
    /// <summary>Waits for all messages that the bus of this scope caused, directly or through their handlers.</summary>
    Task<DrainReport> DrainAsync(CancellationToken ct = default);

    /// <summary>
    /// Waits until every message of this correlation is handled, dead-lettered, or lies in the future. Works on them in this process
    /// unless its workers run already; another process may handle some of them.
    /// </summary>
    Task<DrainReport> DrainAsync(Guid correlationId, CancellationToken ct = default);

    /// <summary>
    /// Waits until nothing at all is due, whoever caused it: for what an earlier process left when it was killed. Of a
    /// process that lives, its work is waited for.
    /// </summary>
    Task DrainEverythingAsync(CancellationToken ct = default);
}

/// <summary>How the messages of one correlation ended.</summary>
/// <param name="Handled">Handled (or discarded by policy), by whichever process.</param>
/// <param name="DeadLettered">Failed for good.</param>
/// <param name="Scheduled">Still stored: scheduled for later, or to be retried later (then with attempts), or in a paused queue.</param>
public sealed record DrainReport(IReadOnlyList<SettledMessage> Handled, IReadOnlyList<SettledMessage> DeadLettered, IReadOnlyList<SettledMessage> Scheduled)
{
    /// <summary>Nothing failed, and nothing waits to be retried.</summary>
    public bool Ok => DeadLettered.Count == 0 && Scheduled.All(m => m.Attempts == 0);
}

/// <summary>One message in one queue.</summary>
/// <param name="Id">The message.</param>
/// <param name="Name">Its stable name.</param>
/// <param name="Queue">The handler's queue.</param>
/// <param name="Attempts">How often the handler failed.</param>
/// <param name="Error">The last failure; null without one.</param>
public sealed record SettledMessage(Guid Id, string Name, string Queue, int Attempts, string? Error);
