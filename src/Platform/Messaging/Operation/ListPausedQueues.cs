using Association.Platform.Data;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>Queues that somebody paused, the longest pause first.</summary>
/// <param name="AtLeast">Only those that have been paused for so long.</param>
[Permission(MessagingPermissions.Read)]
public sealed record ListPausedQueues(TimeSpan AtLeast) : IQuery<IReadOnlyList<PausedQueue>>;

/// <summary>A pause.</summary>
/// <param name="Queue">The handler's queue.</param>
/// <param name="By">Who paused it.</param>
/// <param name="For">For how long.</param>
/// <param name="Waiting">How many messages lie in it.</param>
public sealed record PausedQueue(string Queue, string By, TimeSpan For, long Waiting)
{
    /// <summary>What the handler does, in the reader's language.</summary>
    public string Work { get; init; } = "";
}

internal static class ListPausedQueuesHandler
{
    public static async Task<IReadOnlyList<PausedQueue>> HandleAsync(ListPausedQueues query, OfficeDatabase database, QueueWords words, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var paused = await connection.QueryAsync<PausedQueue>(
            new CommandDefinition(
                """
                select p.queue as "Queue", p.paused_by as "By", now() - p.paused_at as "For",
                  (select count(*) from messaging.message m where m.queue = p.queue) as "Waiting"
                  from messaging.paused_queue p where p.paused_at <= now() - @AtLeast order by p.paused_at
                """,
                query,
                cancellationToken: ct
            )
        );
        return [.. paused.Select(p => p with { Work = words.Of(p.Queue, p.Queue) })];
    }
}
