using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Messaging.Workers;

internal sealed class MessageDrain(BusScope scope, MessagingModel model, WorkerPool pool, NpgsqlDataSource database) : IMessageDrain
{
    // A failed message that is tried again within this time is waited for; later ones are reported as scheduled.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public Task<DrainReport> DrainAsync(CancellationToken ct = default) => DrainAsync(scope.CorrelationId, ct);

    public async Task<DrainReport> DrainAsync(Guid correlationId, CancellationToken ct = default)
    {
        await SettleAsync(correlationId, ct);
        return await ReportAsync(correlationId, ct);
    }

    public Task DrainEverythingAsync(CancellationToken ct = default) => SettleAsync(null, ct);

    private async Task SettleAsync(Guid? correlationId, CancellationToken ct)
    {
        if (!await IsUnsettledAsync(correlationId, ct)) return;
        var settled = new Signal();
        pool.Settled += settled.Set;
        await pool.JoinAsync();
        try
        {
            while (await IsUnsettledAsync(correlationId, ct))
            {
                await settled.WaitAsync(LookAgain, ct);
                await Task.Delay(Pause, ct); // many messages settle, one question is asked
            }
        }
        finally
        {
            await pool.LeaveAsync();
            pool.Settled -= settled.Set;
        }
    }

    private async Task<bool> IsUnsettledAsync(Guid? correlationId, CancellationToken ct)
    {
        // Not waited for: what is scheduled, what stands in its group behind a message that is retried later, paused queues, unknown queues.
        await using var command = database.CreateCommand(
            """
            select exists (
              select from messaging.message m
               where ($1::uuid is null or m.correlation_id = $1) and m.queue = any ($2)
                 and (m.due_at <= clock_timestamp() or (m.attempts > 0 and m.due_at <= clock_timestamp() + $3))
                 and not exists (select from messaging.paused_queue p where p.queue = m.queue)
                 and not exists (select from messaging.message e
                                  where e.queue = m.queue and e.group_key = m.group_key and e.seq < m.seq and e.due_at > clock_timestamp() + $3))
            """);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = correlationId ?? (object)DBNull.Value });
        command.Parameters.Add(new() { Value = model.Handlers.Select(h => h.Queue).ToArray() });
        command.Parameters.Add(new() { Value = Patience });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<DrainReport> ReportAsync(Guid correlationId, CancellationToken ct)
    {
        // Handled rows are found by time: an index on their correlation would cost every message. The id carries the time.
        await using var command = database.CreateCommand(
            """
            select 0, id, name, queue, attempts, null from messaging.handled where handled_at >= $2 and correlation_id = $1
            union all
            select 1, id, name, queue, attempts, exception_text from messaging.dead_letter where correlation_id = $1
            union all
            select 2, id, name, queue, attempts, last_error from messaging.message where correlation_id = $1
            """);
        command.Parameters.Add(new() { Value = correlationId });
        command.Parameters.Add(new() { Value = BeginOf(correlationId) });
        var ends = new[] { new List<SettledMessage>(), [], [] };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ends[reader.GetInt32(0)].Add(new SettledMessage(reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
        return new DrainReport(ends[0], ends[1], ends[2]);
    }

    // The first 48 bits of a version 7 UUID are milliseconds since 1970; an hour is allowed for clocks that differ.
    private static DateTime BeginOf(Guid correlationId)
    {
        if (correlationId.Version != 7) return DateTime.UnixEpoch;
        Span<byte> bytes = stackalloc byte[16];
        correlationId.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = ((long)bytes[0] << 40) | ((long)bytes[1] << 32) | ((long)bytes[2] << 24) | ((long)bytes[3] << 16) | ((long)bytes[4] << 8) | bytes[5];
        return DateTime.UnixEpoch.AddMilliseconds(milliseconds).AddHours(-1);
    }
}
