using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Messaging.Storage;

/// <summary>Claims rows of <c>messaging.message</c>. All times are the database's, so that hosts' clocks do not matter.</summary>
internal sealed class MessageStore(NpgsqlDataSource database)
{
    private const string Claim =
        """
        select place, torn, id, name, body, group_key, attempts, interruptions, correlation_id, user_id, user_name, trace_parent, due_at
          from messaging.claim($1, $2, $3, $4, $5)
        """;

    // Behind the claim: what a handler did can be undone, and the claim stays.
    private const string Savepoint = "savepoint claimed";

    public const string BackToSavepoint = "rollback to savepoint claimed";

    /// <summary>A row that is locked outside a savepoint and deleted inside would need a multixact; so the savepoint goes before the end is written.</summary>
    public const string ForgetSavepoint = "release savepoint claimed";

    /// <summary>Locks the next messages of a queue for this transaction, and notes a savepoint. One round trip.</summary>
    public static async Task<List<Envelope>> ClaimAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string queue, int limit, (DateTime Since, string AfterGroup) from, TimeSpan silence, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Claim)
        {
            Parameters =
            {
                new() { Value = queue }, new() { Value = limit }, new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = from.Since }, new() { Value = from.AfterGroup },
                new() { Value = Milliseconds(silence) },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Savepoint));
        await batch.PrepareAsync(ct);
        var page = new List<Envelope>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new Envelope(
                reader.GetString(0), reader.GetBoolean(1), reader.GetGuid(2), queue, reader.GetString(3), reader.GetString(4), Text(reader, 5), reader.GetInt32(6),
                reader.GetInt32(7), reader.GetGuid(8), reader.IsDBNull(9) ? null : reader.GetGuid(9), Text(reader, 10), Text(reader, 11), reader.GetDateTime(12)));
        return page;
    }

    /// <summary>Which of these queues have something to claim now, and when the next of all becomes due.</summary>
    public async Task<(IReadOnlyList<string> Ready, TimeSpan? NextDue)> LookAsync(IReadOnlyCollection<string> queues, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select q, exists (select from messaging.message m where m.queue = q and m.group_key is null and m.due_at <= now())
                   or exists (select from messaging.message m where m.queue = q and m.group_key is not null),
                   (select m.due_at - now() from messaging.message m
                     where m.queue = q and m.group_key is null and m.due_at > now() order by m.due_at limit 1)
            from unnest($1) as q
            """);
        command.Parameters.Add(new() { Value = queues.ToArray() });
        var ready = new List<string>();
        TimeSpan? next = null;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(1)) ready.Add(reader.GetString(0));
            if (!reader.IsDBNull(2) && reader.GetTimeSpan(2) is var due && (next is null || due < next)) next = due;
        }
        return (ready, next);
    }

    private static string Milliseconds(TimeSpan time) => FormattableString.Invariant($"{Math.Max(1, time.TotalMilliseconds):0}ms");

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
