using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Messaging.Delivery;

internal sealed class MessageDrain(BusScope scope, MessagingModel model, DeliveryNode node, Adoption adoption, FormerStore former, NpgsqlDataSource database)
    : IMessageDrain
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
        if (correlationId is null)
            await former.CarryOverAsync(ct);
        if (!await IsUnsettledAsync(correlationId, ct))
            return;
        using var settled = new SemaphoreSlim(0);
        void Note() => settled.Release();
        node.Settled += Note;
        await node.JoinAsync();
        try
        {
            while (await IsUnsettledAsync(correlationId, ct))
            {
                await adoption.AdoptAsync(correlationId, ct);
                await settled.WaitAsync(LookAgain, ct);
                await Task.Delay(Pause, ct); // many messages settle, one question is asked
                while (settled.Wait(TimeSpan.Zero, CancellationToken.None))
                {
                    // those that settled meanwhile are seen by the next question
                }
            }
        }
        finally
        {
            await node.LeaveAsync(CancellationToken.None);
            node.Settled -= Note;
        }
    }

    private async Task<bool> IsUnsettledAsync(Guid? correlationId, CancellationToken ct)
    {
        // Not waited for: what is scheduled, paused queues, unknown queues.
        await using var command = database.CreateCommand(
            """
            select exists (
              select from messaging.message m
               where ($1::uuid is null or m.correlation_id = $1) and m.queue = any ($2)
                 and (m.due_at <= clock_timestamp() or (m.attempts > 0 and m.due_at <= clock_timestamp() + $3))
                 and not exists (select from messaging.paused_queue p where p.queue = m.queue))
            """
        );
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = correlationId ?? (object)DBNull.Value });
        command.Parameters.Add(new() { Value = model.Queues });
        command.Parameters.Add(new() { Value = Patience });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<DrainReport> ReportAsync(Guid correlationId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select 0, id, name, queue, attempts, null from messaging.handled where correlation_id = $1
            union all
            select 1, id, name, queue, attempts, exception_text from messaging.dead_letter where correlation_id = $1 and discarded_at is null
            union all
            select 2, id, name, queue, attempts, last_error from messaging.message where correlation_id = $1
            """
        );
        command.Parameters.Add(new() { Value = correlationId });
        var ends = new[] { new List<SettledMessage>(), [], [] };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ends[reader.GetInt32(0)]
                .Add(
                    new SettledMessage(
                        reader.GetGuid(1),
                        reader.GetString(2),
                        reader.GetString(3),
                        reader.GetInt32(4),
                        reader.IsDBNull(5) ? null : reader.GetString(5)
                    )
                );
        return new DrainReport(ends[0], ends[1], ends[2]);
    }
}
