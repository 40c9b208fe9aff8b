using Association.Platform.Messaging.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Association.Platform.Messaging.Delivery;

/// <summary>Forgets what ended long ago and parks what nobody will ever take; on a timer of its own, never on the way of a message.</summary>
internal sealed class Housekeeping(NpgsqlDataSource database, MessagingModel model, IOptions<MessagingOptions> options, ILogger<Housekeeping> log)
{
    private const int Batch = 5_000;

    /// <summary>Deletes old trails of handled messages, and form tokens, in bounded batches. What somebody discarded stays, with the reason.</summary>
    public async Task ForgetAsync(CancellationToken ct)
    {
        foreach (
            var (table, old) in new[]
            {
                ("messaging.trail", "ended_at < now() - $1 and discarded_by is null"),
                ("platform.used_form_token", "used_at < now() - $1"),
            }
        )
        {
            var deleted = Batch;
            while (deleted == Batch)
            {
                await using var command = database.CreateCommand(
                    $"delete from {table} where ctid = any (array(select ctid from {table} where {old} limit {Batch} for update skip locked))"
                );
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
              delete from messaging.wolverine_incoming_envelopes e using messaging.message m
               where e.owner_id = 0 and m.id = e.id and messaging.address_of(m.queue) = e.received_at and m.queue <> all ($1)
                 and m.due_at < clock_timestamp() - $2
              returning e.id, e.received_at, e.message_type, e.body, m.queue, m.sent_at)
            insert into messaging.wolverine_dead_letters (id, received_at, message_type, body, source, exception_type, exception_message, sent_at, failed_at,
              replayable)
            select id, received_at, message_type, body, 'association', 'UnknownQueue', 'No handler of this release has the queue ' || queue || '.',
              coalesce(sent_at, now()), now(), false
              from unknown
            """
        );
        command.Parameters.Add(new() { Value = model.Queues });
        command.Parameters.Add(new() { Value = options.Value.UnknownQueueGrace });
        var parked = await command.ExecuteNonQueryAsync(ct);
        if (parked > 0)
            log.LogError("{Count} messages lay in queues that this release does not know; they are dead letters now", parked);
        return parked;
    }
}
