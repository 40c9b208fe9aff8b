using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using Npgsql;
using NpgsqlTypes;
using Wolverine;
using Wolverine.Runtime.Serialization;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// Takes for this node what is due and belongs to nobody: what a verb stored, what became due, what another process left. Every node does it for the
/// queues that its release knows, so that an older release leaves a newer one's messages alone.
/// </summary>
internal sealed class Adoption(MessagingModel model, OwnQueues queues, NpgsqlDataSource database)
{
    private const int Page = 1_000;

    /// <param name="correlation">Only what this caused; null for everything.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many messages were taken; when it is a full page, there may be more.</returns>
    public async Task<bool> AdoptAsync(Guid? correlation, CancellationToken ct)
    {
        if (queues.Runtime is not { } runtime)
            return false;
        var adopted = new List<Envelope>();
        var self = runtime.DurabilitySettings.AssignedNodeNumber;
        await using (var connection = await database.OpenConnectionAsync(ct))
        {
            await NodeLife.BuryDeadAsync(connection, runtime.Options.UniqueNodeId, ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using var command = new NpgsqlCommand(
                $"""
                update messaging.wolverine_incoming_envelopes e set owner_id = $1, status = 'Incoming'
                  from (select i.id, i.received_at from messaging.wolverine_incoming_envelopes i
                         where i.owner_id = 0 and (i.status = 'Incoming' or i.status = 'Scheduled' and i.execution_time <= clock_timestamp())
                           and i.received_at in (select messaging.address_of(q) from unnest($3) as q except select messaging.address_of(p.queue)
                             from messaging.paused_queue p)
                           and ($2::uuid is null or exists (
                             select from messaging.trail t where t.id = i.id and t.correlation_id = $2 and messaging.address_of(t.queue) = i.received_at))
                         order by i.id limit {Page} for update skip locked) as free
                 where e.id = free.id and e.received_at = free.received_at
                returning e.id, e.received_at, e.message_type, e.body, e.attempts
                """,
                connection,
                transaction
            )
            {
                Parameters =
                {
                    new() { Value = self },
                    new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = correlation ?? (object)DBNull.Value },
                    new() { Value = model.Queues },
                },
            };
            await using (var reader = await command.ExecuteReaderAsync(ct))
                while (await reader.ReadAsync(ct))
                    adopted.Add(Read(reader, self));
            adopted.Sort((one, other) => one.Id.CompareTo(other.Id));
            await queues.CommitAsync(connection, adopted, () => transaction.CommitAsync(CancellationToken.None));
        }
        return adopted.Count == Page;
    }

    private static Envelope Read(NpgsqlDataReader row, int owner)
    {
        var envelope = Open(row.GetFieldValue<byte[]>(3));
        (envelope.Id, envelope.Destination, envelope.MessageType, envelope.Attempts) = (
            row.GetGuid(0),
            new Uri(row.GetString(1)),
            row.GetString(2),
            row.GetInt32(4)
        );
        (envelope.Status, envelope.OwnerId) = (EnvelopeStatus.Incoming, owner);
        return envelope;
    }

    // What is no envelope goes the way of what cannot be read: its queue makes a dead letter of it.
    private static Envelope Open(byte[] body)
    {
        try
        {
            return EnvelopeSerializer.Deserialize(body);
        }
        catch (Exception)
        {
            return new Envelope { ContentType = EnvelopeConstants.JsonContentType, Data = body };
        }
    }
}
