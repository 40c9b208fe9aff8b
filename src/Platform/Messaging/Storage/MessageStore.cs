using Npgsql;

namespace Association.Platform.Messaging.Storage;

/// <summary>Claims and gives back rows of <c>messaging.message</c>. All times are the database's, so that hosts' clocks do not matter.</summary>
internal sealed class MessageStore(NpgsqlDataSource database)
{
    // One path for fresh, due, retried and orphaned rows. Rows without a group come in the order they are due; of a group only its first
    // unfinished row counts, found by skipping from group to group, so that a long backlog of one group costs one probe.
    // Not prepared on purpose: a plan made while the table was empty would survive into a backlog of a million rows.
    private const string Claim =
        """
        with recursive head as (
          (select id, group_key from messaging.message where queue = $1 and group_key > $5 order by group_key, seq limit 1)
          union all
          select next.id, next.group_key from head cross join lateral
            (select id, group_key from messaging.message where queue = $1 and group_key > head.group_key order by group_key, seq limit 1) next
        ), loose as (
          select m.id from messaging.message m
           where m.queue = $1 and m.group_key is null and m.due_at <= now() and (m.leased_until is null or m.leased_until <= now())
           order by m.due_at, m.seq limit $2 for update skip locked
        ), first as (
          select m.id from head join messaging.message m on m.id = head.id and m.queue = $1
           where m.due_at <= now() and (m.leased_until is null or m.leased_until <= now())
           limit $2 for update of m skip locked
        ), page as (
          select id from loose union all select id from first
        )
        update messaging.message m
           set lease = $3, leased_until = clock_timestamp() + $4, interruptions = m.interruptions + (m.leased_until is not null)::int
          from page where m.id = page.id and m.queue = $1 and not exists (select from messaging.paused_queue p where p.queue = $1)
        returning m.id, m.name, m.body::text, m.group_key, m.attempts, m.interruptions, m.correlation_id, m.user_id, m.user_name, m.trace_parent, m.due_at, m.seq
        """;

    /// <param name="afterGroup">Groups are visited in turn: those after this one.</param>
    public async Task<List<Envelope>> ClaimAsync(string queue, int limit, TimeSpan leaseTime, string afterGroup, CancellationToken ct)
    {
        var lease = Guid.CreateVersion7();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Claim, connection)
        {
            Parameters = { new() { Value = queue }, new() { Value = limit }, new() { Value = lease }, new() { Value = leaseTime }, new() { Value = afterGroup } },
        };
        var page = new List<(long Seq, Envelope Envelope)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add((reader.GetInt64(11), new Envelope(
                reader.GetGuid(0), queue, reader.GetString(1), reader.GetString(2), Text(reader, 3), reader.GetInt32(4), reader.GetInt32(5), lease,
                reader.GetGuid(6), reader.IsDBNull(7) ? null : reader.GetGuid(7), Text(reader, 8), Text(reader, 9), reader.GetDateTime(10))));
        return [.. page.OrderBy(p => p.Seq).Select(p => p.Envelope)];
    }

    /// <summary>Keeps claims alive while their messages wait or are handled here.</summary>
    public Task RenewAsync(IReadOnlyCollection<Envelope> envelopes, TimeSpan leaseTime, CancellationToken ct) => ChangeAsync(
        """
        with mine as (
          select m.id, m.queue from unnest($1, $2, $3) as r (id, queue, lease)
            join messaging.message m on m.id = r.id and m.queue = r.queue and m.lease = r.lease for update of m skip locked)
        update messaging.message m set leased_until = clock_timestamp() + $4 from mine where m.id = mine.id and m.queue = mine.queue
        """, envelopes, leaseTime, ct);

    /// <summary>Gives messages back as if they had never been claimed.</summary>
    public Task ReleaseAsync(IReadOnlyCollection<Envelope> envelopes, CancellationToken ct) => ChangeAsync(
        """
        update messaging.message m set lease = null, leased_until = null
          from unnest($1, $2, $3) as r (id, queue, lease) where m.id = r.id and m.queue = r.queue and m.lease = r.lease
        """, envelopes, null, ct);

    /// <summary>Runs one of the ends of a claim outside the handler's transaction.</summary>
    /// <returns>Whether the message was still ours.</returns>
    public async Task<bool> SettleAsync(NpgsqlBatchCommand settlement, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(settlement);
        return await batch.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Which of these queues have something to claim now, and when the next of all becomes due.</summary>
    public async Task<(IReadOnlyList<string> Ready, TimeSpan? NextDue)> LookAsync(IReadOnlyCollection<string> queues, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select q, exists (select from messaging.message m where m.queue = q and m.group_key is null and m.due_at <= now()
                                and (m.leased_until is null or m.leased_until <= now()))
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

    private async Task ChangeAsync(string sql, IReadOnlyCollection<Envelope> envelopes, TimeSpan? leaseTime, CancellationToken ct)
    {
        if (envelopes.Count == 0) return;
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Id).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Queue).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Lease).ToArray() });
        if (leaseTime is { } time) command.Parameters.Add(new() { Value = time });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
