using Association.Platform.Data;
using Association.Platform.Messaging.Model;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>What is due and not done, for supervisors and dashboards; asked every few seconds, so it costs little however much waits.</summary>
public sealed class MessageBacklog
{
    /// <summary>Beyond this a queue's messages are not counted.</summary>
    public const int MostCounted = 10_000;

    // Of a backlog without end the first so many rows are looked at; they lie where they were written, the oldest first.
    private const string Sql = """
        select q as "Queue", coalesce(due.count, 0) as "Waiting", clock_timestamp() - due.oldest as "Oldest",
               exists (select from messaging.paused_queue p where p.queue = q) as "Paused",
               (select count(*) from messaging.wolverine_dead_letters d where d.received_at = messaging.address_of(q)) as "DeadLetters"
          from unnest(@queues) as q
          left join (
            select queue, count(*) as count, min(due_at) as oldest
              from (select queue, due_at from messaging.message where due_at <= clock_timestamp() limit 10 * @MostCounted) as looked
             group by queue) as due on due.queue = q
        """;

    private readonly OfficeDatabase _database;
    private readonly string[] _queues;

    internal MessageBacklog(OfficeDatabase database, MessagingModel model)
    {
        _database = database;
        _queues = model.Queues;
    }

    /// <summary>Every queue of this release, the idle ones included.</summary>
    public async Task<IReadOnlyList<QueueBacklog>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<QueueBacklog>(new CommandDefinition(Sql, new { queues = _queues, MostCounted }, cancellationToken: ct))).AsList();
    }

    /// <summary>The same for a caller that cannot wait otherwise.</summary>
    internal IReadOnlyList<QueueBacklog> Read()
    {
        using var connection = _database.OpenConnection();
        return connection.Query<QueueBacklog>(Sql, new { queues = _queues, MostCounted }).AsList();
    }
}

/// <summary>What is due in a queue and not done.</summary>
/// <param name="Queue">Its stable name.</param>
/// <param name="Waiting">Due, those included that are being handled; of all queues together no more than ten times <see cref="MessageBacklog.MostCounted"/>
/// are counted.</param>
/// <param name="Oldest">For how long the oldest of them has been due; null when none is.</param>
/// <param name="Paused">A person paused it.</param>
/// <param name="DeadLetters">Failed for good; a person replays or discards them.</param>
public sealed record QueueBacklog(string Queue, long Waiting, TimeSpan? Oldest, bool Paused, long DeadLetters);
