using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Wolverine;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// The trail of a message in a queue: who caused it, how often it began and failed, and that it ended. It is ours because no bus keeps it, and
/// it is the key that lets effects happen once.
/// </summary>
internal sealed class TrailKeeper(NpgsqlDataSource database, IOptions<MessagingOptions> options, ILogger<TrailKeeper> log)
{
    // Of messages that began before and did not end only one is handled at a time, on all hosts together (this lock): the one that ends its process
    // takes no other suspect with it, so the innocent get through and it alone begins again and again, until it is parked.
    private const long OneSuspectAtATime = 7077;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends the trail in the handler's transaction, takes the envelope away, and tells the database who acts and how long it may be silent.</summary>
    /// <returns>Null when it is not this node's to handle: it has its effect, its queue is paused, or it is no longer stored.</returns>
    public async Task<Received?> EndAsync(UnitOfWork unit, Envelope envelope, HandlerDefinition handler, CancellationToken ct)
    {
        await using (var batch = new NpgsqlBatch(unit.Connection, unit.Transaction))
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(
                    """
                    with mine as (
                      update messaging.trail t set ended_at = clock_timestamp(), body = null
                        from messaging.wolverine_incoming_envelopes e
                       where t.id = $1 and t.queue = $2 and t.ended_at is null and e.id = $1 and e.received_at = $3 and e.status = 'Incoming'
                         and not exists (select from messaging.paused_queue p where p.queue = $2)
                      returning t.*
                    ), gone as (
                      delete from messaging.wolverine_incoming_envelopes e using mine where e.id = $1 and e.received_at = $3
                    )
                    select correlation_id, user_id, user_name, trace_parent, sent_at,
                           set_config('association.user_id', coalesce(user_id::text, ''), true),
                             set_config('association.user_name', coalesce(user_name, ''), true),
                           set_config('idle_in_transaction_session_timeout', $4, true)
                      from mine
                    """
                )
                {
                    Parameters =
                    {
                        Id(envelope.Id),
                        Text(handler.Queue),
                        Text(envelope.Destination!.ToString()),
                        Text($"{(long)options.Value.HandlerSilence.TotalMilliseconds}ms"),
                    },
                }
            );
            await using var reader = await batch.ExecuteReaderAsync(ct);
            if (await reader.ReadAsync(ct))
            {
                return new Received(
                    envelope.Id,
                    handler.Queue,
                    handler.Message.Name,
                    reader.GetGuid(0),
                    reader.IsDBNull(1) ? null : reader.GetGuid(1),
                    reader.IsDBNull(2) ? null : reader.GetString(2),
                    reader.IsDBNull(3) ? null : reader.GetString(3),
                    reader.GetDateTime(4)
                );
            }
        }
        await LeaveAsync(unit, envelope, handler, ct);
        return null;
    }

    // It has its effect: then its envelope was left over. Or its queue is paused: then it belongs to nobody until somebody goes on with it.
    private async Task LeaveAsync(UnitOfWork unit, Envelope envelope, HandlerDefinition handler, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(
                    """
                    with ended as (
                      delete from messaging.wolverine_incoming_envelopes e using messaging.trail t
                       where e.id = $1 and e.received_at = $3 and t.id = $1 and t.queue = $2 and t.ended_at is not null
                      returning e.id
                    )
                    update messaging.wolverine_incoming_envelopes set owner_id = 0
                     where id = $1 and received_at = $3 and not exists (select from ended) and exists (select from messaging.paused_queue p where p.queue = $2)
                    """
                )
                {
                    Parameters = { Id(envelope.Id), Text(handler.Queue), Text(envelope.Destination!.ToString()) },
                },
                new NpgsqlBatchCommand("commit"),
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
        log.LogDebug("Message {Message} in {Queue} is not handled here any more", envelope.Id, handler.Queue);
    }

    /// <summary>
    /// Counts, outside of the handler's transaction, that a message begins which was stored away before: perhaps by a process that it ended.
    /// </summary>
    /// <returns>Whether it began before, without an end: then it keeps other suspects waiting until <see cref="EndSuspicionAsync"/>.</returns>
    /// <exception cref="UnreadableMessageException">It began too often without an end.</exception>
    public async Task<bool> CountStartAsync(NpgsqlConnection connection, Envelope envelope, HandlerDefinition handler, CancellationToken ct)
    {
        // The count is to outlive this process, not the server's: it does not wait for the disk.
        await using var first = Count(
            "update messaging.trail set starts = 1 where id = $1 and queue = $2 and starts = 0 and ended_at is null returning "
                + "set_config('synchronous_commit', 'off', true)"
        );
        if (await first.ExecuteScalarAsync(ct) is not null)
            return false;
        await using var wait = Count("select pg_advisory_lock($3)::text from messaging.trail where id = $1 and queue = $2 and ended_at is null");
        wait.Parameters.Add(new() { Value = OneSuspectAtATime });
        await wait.ExecuteNonQueryAsync(ct);
        await using var again = Count("update messaging.trail set starts = starts + 1 where id = $1 and queue = $2 and ended_at is null returning starts");
        if (await again.ExecuteScalarAsync(ct) is int starts && starts > options.Value.MaxInterruptions)
            throw new UnreadableMessageException($"Its handling was interrupted {starts - 1} times without an exception; does it end the process?");
        return true;

        NpgsqlCommand Count(string sql) => new(sql, connection) { Parameters = { Id(envelope.Id), Text(handler.Queue) } };
    }

    /// <summary>Lets the next suspect go on. Npgsql clears a session only when somebody takes it from the pool again.</summary>
    public static async Task EndSuspicionAsync(NpgsqlConnection connection)
    {
        await using var unlock = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
        await unlock.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Notes that the handler failed; Wolverine decides what follows.</summary>
    public Task NoteFailureAsync(Guid id, string queue, Exception failure) =>
        WriteAsync(
            "update messaging.trail set failures = failures + 1, starts = 0, failed_at = clock_timestamp(), error_type = $3, error_text = $4 where id = $1 and queue = $2",
            Id(id),
            Text(queue),
            Text(failure.GetType().FullName!),
            Text(FailureText.Of(failure))
        );

    /// <summary>This process gives up its work: that costs no attempt.</summary>
    public Task GiveBackAsync(Guid id, string queue) =>
        WriteAsync("update messaging.trail set starts = 0 where id = $1 and queue = $2 and starts > 0", Id(id), Text(queue));

    /// <summary>Which of these sessions of the database are still there.</summary>
    public async Task<HashSet<int>> AliveAsync(int[] sessions, CancellationToken ct)
    {
        var alive = new HashSet<int>();
        await using var command = database.CreateCommand("select pid from pg_stat_activity where pid = any ($1)");
        command.Parameters.Add(new() { Value = sessions });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            alive.Add(reader.GetInt32(0));
        return alive;
    }

    /// <summary>Waits until the database answers.</summary>
    public async Task UntilReachableAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(LookAgain, ct);
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                return;
            }
            catch (NpgsqlException)
            {
                // not yet
            }
        }
    }

    // What is noted here is for people, and for suspicion; the guarantee does not rest on it.
    private async Task WriteAsync(string sql, params NpgsqlParameter[] parameters)
    {
        try
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException e)
        {
            log.LogWarning(e, "The trail of a message could not be written");
        }
    }

    private static NpgsqlParameter Id(Guid id) => new() { Value = id };

    private static NpgsqlParameter Text(string value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value };
}
