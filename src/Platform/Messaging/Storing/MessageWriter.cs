using System.Text;
using Npgsql;
using NpgsqlTypes;
using Wolverine;
using Wolverine.Runtime.Serialization;

namespace Association.Platform.Messaging.Storing;

/// <summary>
/// The one SQL writer of messages. It adds to a batch that runs in the sender's own transaction: for each queue the envelope that Wolverine
/// delivers, and its trail (<c>messaging.trail</c>).
/// </summary>
internal sealed class MessageWriter(OwnQueues process)
{
    private const string InsertTrails = """
        insert into messaging.trail (id, queue, name, body, correlation_id, causation_id, user_id, user_name, trace_parent)
        select m.id, m.queue, m.name, m.body, $5, $6, $7, $8, $9 from unnest($1, $2, $3, $4) as m (id, queue, name, body)
        """;

    private const string InsertEnvelopes = """
        insert into messaging.wolverine_incoming_envelopes (id, received_at, message_type, body, owner_id, status, execution_time)
        select m.id, m.address, m.name, m.body, case when m.delay > interval '0' then 0 else m.owner end,
               case when m.delay > interval '0' then 'Scheduled' else 'Incoming' end, case when m.delay > interval '0' then clock_timestamp() + m.delay end
          from unnest($1, $2, $3, $4, $5, $6) as m (id, address, name, body, owner, delay)
        """;

    /// <summary>Adds what stores these messages. Nothing is added for messages without handlers.</summary>
    /// <returns>The envelopes that this process hands to its own queues once they are committed.</returns>
    /// <exception cref="InvalidOperationException">A body is too long, or holds a character that no column takes.</exception>
    public List<Envelope> Append(NpgsqlBatch batch, IReadOnlyCollection<OutgoingMessage> messages, Origin origin)
    {
        var own = new List<Envelope>();
        var rows = messages.Sum(m => m.Handlers.Count);
        if (rows == 0)
            return own;
        var (ids, queues, names, bodies) = (new Guid[rows], new string[rows], new string[rows], new string[rows]);
        var (addresses, envelopes, owners, delays) = (new string[rows], new byte[rows][], new int[rows], new TimeSpan[rows]);
        var i = 0;
        foreach (var message in messages)
        {
            var body = MessageJson.Write(message.Message);
            foreach (var handler in message.Handlers)
            {
                var envelope = Seal(message.Id, message.Name, handler.Queue, body);
                (ids[i], queues[i], names[i], bodies[i], delays[i]) = (message.Id, handler.Queue, message.Name, body, message.Delay);
                (addresses[i], envelopes[i], owners[i]) = (
                    envelope.Destination!.ToString(),
                    EnvelopeSerializer.Serialize(envelope),
                    process.OwnerOf(handler.Queue)
                );
                if (owners[i] != 0 && message.Delay == TimeSpan.Zero)
                    own.Add(Fresh(envelope, owners[i]));
                i++;
            }
        }
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(InsertTrails)
            {
                Parameters =
                {
                    Array(NpgsqlDbType.Uuid, ids),
                    Array(NpgsqlDbType.Text, queues),
                    Array(NpgsqlDbType.Text, names),
                    Array(NpgsqlDbType.Json, bodies),
                    Value(NpgsqlDbType.Uuid, origin.CorrelationId),
                    Value(NpgsqlDbType.Uuid, origin.CausationId),
                    Value(NpgsqlDbType.Uuid, origin.Actor.Id?.Value),
                    Value(NpgsqlDbType.Text, origin.Actor.Name is "" ? null : origin.Actor.Name),
                    Value(NpgsqlDbType.Text, origin.TraceParent),
                },
            }
        );
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(InsertEnvelopes)
            {
                Parameters =
                {
                    Array(NpgsqlDbType.Uuid, ids),
                    Array(NpgsqlDbType.Text, addresses),
                    Array(NpgsqlDbType.Text, names),
                    Array(NpgsqlDbType.Bytea, envelopes),
                    Array(NpgsqlDbType.Integer, owners),
                    Array(NpgsqlDbType.Interval, delays),
                },
            }
        );
        return own;
    }

    /// <summary>The form in which Wolverine keeps a message.</summary>
    public static Envelope Seal(Guid id, string name, string queue, string body) =>
        new()
        {
            Id = id,
            MessageType = name,
            ContentType = EnvelopeConstants.JsonContentType,
            Data = Encoding.UTF8.GetBytes(body),
            Destination = Addresses.Of(queue),
            SentAt = TimeProvider.System.GetUtcNow(),
        };

    // Only in memory: what comes from the database was perhaps begun before, by a process that did not end it.
    private static Envelope Fresh(Envelope envelope, int owner)
    {
        (envelope.OwnerId, envelope.Status) = (owner, EnvelopeStatus.Incoming);
        envelope.Headers[Addresses.Fresh] = "1";
        return envelope;
    }

    private static NpgsqlParameter Array(NpgsqlDbType element, object values) => new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = values };

    private static NpgsqlParameter Value(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}

/// <summary>How a queue is called by Wolverine.</summary>
internal static class Addresses
{
    /// <summary>Marks an envelope that was never stored away and read back.</summary>
    public const string Fresh = "fresh";

    /// <summary>Marks an envelope whose handler was given up; another may have it.</summary>
    public const string Abandoned = "abandoned";

    /// <summary><c>membership.charges-raised/issue-invoices</c> is the local queue <c>membership.charges-raised.issue-invoices</c>.</summary>
    public static string LocalQueue(string queue) => queue.Replace('/', '.');

    /// <summary>As it stands in <c>received_at</c>.</summary>
    public static Uri Of(string queue) => new($"local://{LocalQueue(queue)}/");
}
