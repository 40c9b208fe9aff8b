using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Wolverine.Runtime.Serialization;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// Carries messages and dead letters over that a release before Wolverine stored. Migration 0005 puts them aside with their trails; only their
/// envelopes, which SQL cannot write, are missing. Repeated, interrupted or done by two at once, each is carried over once.
/// </summary>
/// <remarks>Whoever migrates does it, so that the messages are seen at once; whoever delivers does it again, because the first may have been killed.</remarks>
public sealed class FormerStore(NpgsqlDataSource database, ILogger<FormerStore> log)
{
    private const int Page = 500;

    /// <summary>Carries over what there still is.</summary>
    public async Task CarryOverAsync(CancellationToken ct)
    {
        var carried = 0;
        for (int some; (some = await CarryPageAsync(ct)) > 0; carried += some)
        {
            // until nothing is left
        }
        if (carried > 0)
            log.LogInformation("{Count} messages of the former store were carried over", carried);
    }

    private async Task<int> CarryPageAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (ids, addresses, names, bodies) = (new List<Guid>(), new List<string>(), new List<string>(), new List<byte[]>());
        var (dues, deads) = (new List<DateTime?>(), new List<bool>());
        await using (
            var take = new NpgsqlCommand(
                $"""
                delete from messaging.former_message where (id, queue) in (select id, queue from messaging.former_message limit {Page} for update skip locked)
                returning id, queue, name, body::text, due_at, dead
                """,
                connection,
                transaction
            )
        )
        await using (var reader = await take.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var envelope = MessageWriter.Seal(reader.GetGuid(0), reader.GetString(2), reader.GetString(1), reader.GetString(3));
                ids.Add(envelope.Id);
                addresses.Add(envelope.Destination!.ToString());
                names.Add(envelope.MessageType!);
                bodies.Add(EnvelopeSerializer.Serialize(envelope));
                dues.Add(reader.IsDBNull(4) ? null : reader.GetDateTime(4));
                deads.Add(reader.GetBoolean(5));
            }
        }
        if (ids.Count == 0)
            return 0;
        await using var put = new NpgsqlCommand(
            """
            with former as (select * from unnest($1, $2, $3, $4, $5, $6) as m (id, address, name, body, due_at, dead)),
            alive as (
              insert into messaging.wolverine_incoming_envelopes (id, received_at, message_type, body, owner_id, status, execution_time)
              select id, address, name, body, 0, case when due_at > now() then 'Scheduled' else 'Incoming' end, case when due_at > now() then due_at end
                from former where not dead)
            insert into messaging.wolverine_dead_letters (id, received_at, message_type, body, source, exception_type, exception_message, sent_at, replayable)
            select f.id, f.address, f.name, f.body, 'association', t.error_type, t.error_text, t.sent_at, false
              from former f join messaging.trail t on t.id = f.id and messaging.address_of(t.queue) = f.address where f.dead
            """,
            connection,
            transaction
        )
        {
            Parameters =
            {
                new() { Value = ids },
                new() { Value = addresses },
                new() { Value = names },
                new() { Value = bodies },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = dues },
                new() { Value = deads },
            },
        };
        await put.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }
}
