using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Messaging.Storage;

/// <summary>The one SQL writer of messages: it adds to a batch that runs in the sender's own transaction.</summary>
internal static class MessageWriter
{
    // Concurrent senders of one group wait for each other until commit, so that within a group the order of seq is the order of commit.
    // Taken in one order by all senders, so that two of them cannot wait for each other.
    private const string LockGroupsSql =
        """
        select pg_advisory_xact_lock(k) from (select distinct hashtextextended(g, 77) as k from unnest($1) as g order by 1) as keys
        """;

    private const string Columns = "(id, queue, name, body, group_key, due_at, correlation_id, causation_id, user_id, user_name, trace_parent)";

    // An array would be planned anew each time; most senders send one.
    private const string InsertOne = $"insert into messaging.message {Columns} values ($1, $2, $3, $4, $5, clock_timestamp() + $6, $7, $8, $9, $10, $11)";

    private const string Insert =
        $"""
        insert into messaging.message {Columns}
        select m.id, m.queue, m.name, m.body, m.group_key, clock_timestamp() + m.delay, $7, $8, $9, $10, $11
        from unnest($1, $2, $3, $4, $5, $6) with ordinality as m (id, queue, name, body, group_key, delay, position)
        order by m.position
        """;

    /// <summary>Adds what stores these messages. Nothing is added for messages without handlers.</summary>
    public static void Append(NpgsqlBatch batch, IReadOnlyCollection<OutgoingMessage> messages, Origin origin)
    {
        var rows = messages.Sum(m => m.Handlers.Count);
        if (rows == 0) return;
        var (ids, queues, names) = (new Guid[rows], new string[rows], new string[rows]);
        var (bodies, groups, delays) = (new string[rows], new string?[rows], new TimeSpan[rows]);
        var locks = new List<string>();
        var i = 0;
        foreach (var message in messages)
        {
            var body = MessageJson.Write(message.Message);
            foreach (var handler in message.Handlers)
            {
                (ids[i], queues[i], names[i], bodies[i], delays[i]) = (message.Id, handler.Queue, message.Name, body, message.Delay);
                groups[i] = handler.GroupOf(message.Message);
                if (groups[i] is { } group) locks.Add(LockOf(handler.Queue, group));
                i++;
            }
        }
        if (locks.Count > 0) batch.BatchCommands.Add(LockGroups(locks));
        NpgsqlParameter[] content = rows == 1
            ? [Value(NpgsqlDbType.Uuid, ids[0]), Value(NpgsqlDbType.Text, queues[0]), Value(NpgsqlDbType.Text, names[0]),
               Value(NpgsqlDbType.Json, bodies[0]), Value(NpgsqlDbType.Text, groups[0]), Value(NpgsqlDbType.Interval, delays[0])]
            : [Array(NpgsqlDbType.Uuid, ids), Array(NpgsqlDbType.Text, queues), Array(NpgsqlDbType.Text, names),
               Array(NpgsqlDbType.Json, bodies), Array(NpgsqlDbType.Text, groups), Array(NpgsqlDbType.Interval, delays)];
        NpgsqlParameter[] cause =
        [
            Value(NpgsqlDbType.Uuid, origin.CorrelationId), Value(NpgsqlDbType.Uuid, origin.CausationId),
            Value(NpgsqlDbType.Uuid, origin.Actor.Id?.Value), Value(NpgsqlDbType.Text, origin.Actor.Name is "" ? null : origin.Actor.Name), Value(NpgsqlDbType.Text, origin.TraceParent),
        ];
        var insert = new NpgsqlBatchCommand(rows == 1 ? InsertOne : Insert);
        foreach (var parameter in content.Concat(cause)) insert.Parameters.Add(parameter);
        batch.BatchCommands.Add(insert);
    }

    /// <summary>Whoever puts rows into a group takes its lock first.</summary>
    public static NpgsqlBatchCommand LockGroups(IEnumerable<string> locks) => new(LockGroupsSql) { Parameters = { Array(NpgsqlDbType.Text, locks.ToArray()) } };

    public static string LockOf(string queue, string group) => $"{queue}\n{group}";

    private static NpgsqlParameter Array(NpgsqlDbType element, object values) => new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = values };

    private static NpgsqlParameter Value(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
