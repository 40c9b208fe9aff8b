using Association.Platform.Messaging.Model;
using Dapper;
using Npgsql;

namespace Association.Platform.Messaging.Operation;

/// <summary>What is due and not done, for supervisors and dashboards; asked every few seconds, so it costs little however much waits.</summary>
public sealed class MessageBacklog
{
    /// <summary>Beyond this a queue's messages are not counted.</summary>
    public const int MostCounted = 10_000;

    // Found at the ends of the indexes by which messages are claimed. Messages with a group are not sorted by the time they are due; the
    // first of them by group stand for all.
    private const string Sql =
        """
        select q as "Queue", loose.count + grouped.count as "Waiting", clock_timestamp() - least(loose.oldest, grouped.oldest) as "Oldest",
               exists (select from messaging.paused_queue p where p.queue = q) as "Paused"
          from unnest(@queues) as q
         cross join lateral (
           select count(*) as count, min(due_at) as oldest from (
             select due_at from messaging.message m where m.queue = q and m.group_key is null and m.due_at <= clock_timestamp()
              order by m.due_at limit @MostCounted) as due) as loose
         cross join lateral (
           select count(*) as count, min(due_at) as oldest from (
             select due_at from messaging.message m where m.queue = q and m.group_key is not null and m.due_at <= clock_timestamp()
              order by m.group_key, m.seq limit @MostCounted) as due) as grouped
        """;

    private readonly NpgsqlDataSource _database;
    private readonly string[] _queues;

    internal MessageBacklog(NpgsqlDataSource database, MessagingModel model)
    {
        _database = database;
        _queues = [.. model.Handlers.Where(h => h.IsQueued).Select(h => h.Queue)];
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
/// <param name="Waiting">Due, those included that are being handled; counted up to twice <see cref="MessageBacklog.MostCounted"/>.</param>
/// <param name="Oldest">For how long the oldest of them has been due; null when none is.</param>
/// <param name="Paused">A person paused it.</param>
public sealed record QueueBacklog(string Queue, long Waiting, TimeSpan? Oldest, bool Paused);
