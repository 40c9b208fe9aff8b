using Association.Platform.Messaging.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Association.Platform.Messaging.Workers;

/// <summary>Forgets what was handled long ago and parks what nobody will ever claim; on a timer of its own, never on the way of a message.</summary>
internal sealed class Housekeeping(NpgsqlDataSource database, MessagingModel model, IOptions<MessagingOptions> options, ILogger<Housekeeping> log)
{
    private const int Batch = 5_000;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(options.Value.HousekeepingInterval, ct);
                await ForgetAsync(ct);
                await ParkUnknownAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Housekeeping of messages failed; tried again in {Wait}", options.Value.HousekeepingInterval);
            }
        }
    }

    /// <summary>Deletes old handled rows and form tokens in bounded batches.</summary>
    public async Task ForgetAsync(CancellationToken ct)
    {
        foreach (var (table, column) in new[] { ("messaging.handled", "handled_at"), ("platform.used_form_token", "used_at") })
        {
            var deleted = Batch;
            while (deleted == Batch)
            {
                await using var command = database.CreateCommand(
                    $"delete from {table} where ctid = any (array(select ctid from {table} where {column} < now() - $1 limit {Batch} for update skip locked))");
                command.Parameters.Add(new() { Value = options.Value.KeepHandled });
                deleted = await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    /// <summary>A queue that no running release knows is not served by waiting: its messages become dead letters, to be replayed or discarded.</summary>
    public async Task<int> ParkUnknownAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            with unknown as (
              delete from messaging.message where ctid = any (array(
                select ctid from messaging.message where queue <> all ($1) and due_at < clock_timestamp() - $2 for update skip locked)) returning *)
            insert into messaging.dead_letter (id, queue, name, body, group_key, attempts, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, exception_type, exception_text)
            select id, queue, name, body, group_key, attempts, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at,
                   'UnknownQueue', 'No handler of this release has the queue ' || queue || '.' from unknown
            """);
        command.Parameters.Add(new() { Value = model.Handlers.Select(h => h.Queue).ToArray() });
        command.Parameters.Add(new() { Value = options.Value.UnknownQueueGrace });
        var parked = await command.ExecuteNonQueryAsync(ct);
        if (parked > 0) log.LogError("{Count} messages lay in queues that this release does not know; they are dead letters now", parked);
        return parked;
    }
}
