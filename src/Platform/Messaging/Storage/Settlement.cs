using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Messaging.Storage;

/// <summary>
/// The ends of a claim. Each is guarded by the lease: a worker whose lease ran out, and whose message another claimed, changes nothing.
/// </summary>
internal static class Settlement
{
    /// <summary>What the database raises when the lease was lost.</summary>
    public const string LeaseLost = "AS002";

    /// <summary>Handled; runs in the handler's own transaction and breaks it when the message is no longer ours.</summary>
    private static NpgsqlBatchCommand Handled(Envelope envelope) => new("select messaging.finish($1, $2, $3)")
    {
        Parameters = { new() { Value = envelope.Id }, new() { Value = envelope.Queue }, new() { Value = envelope.Lease } },
    };

    /// <summary>The same for messages that were handled in one transaction.</summary>
    public static NpgsqlBatchCommand Handled(IReadOnlyList<Envelope> page) => page is [var only] ? Handled(only) : new("select messaging.finish_page($1, $2, $3)")
    {
        Parameters =
        {
            new() { Value = page.Select(e => e.Id).ToArray() }, new() { Value = page[0].Queue }, new() { Value = page.Select(e => e.Lease).ToArray() },
        },
    };

    /// <summary>Given up by policy.</summary>
    public static NpgsqlBatchCommand Discarded(Envelope envelope) => new(
        """
        with done as (delete from messaging.message where id = $1 and queue = $2 and lease = $3 returning id, queue, name, attempts, correlation_id)
        insert into messaging.handled (id, queue, name, attempts, correlation_id, outcome) select id, queue, name, attempts, correlation_id, 'discarded' from done
        """)
    {
        Parameters = { new() { Value = envelope.Id }, new() { Value = envelope.Queue }, new() { Value = envelope.Lease } },
    };

    /// <summary>Tried again after a while.</summary>
    public static NpgsqlBatchCommand Retry(Envelope envelope, TimeSpan after, Exception exception) => new(
        """
        update messaging.message set attempts = attempts + 1, due_at = clock_timestamp() + $4, lease = null, leased_until = null, last_error = $5
         where id = $1 and queue = $2 and lease = $3
        """)
    {
        Parameters = { new() { Value = envelope.Id }, new() { Value = envelope.Queue }, new() { Value = envelope.Lease }, new() { Value = after }, Text(FailureText.Short(exception)) },
    };

    /// <summary>Failed for good.</summary>
    public static NpgsqlBatchCommand DeadLetter(Envelope envelope, int attempts, Exception exception) => new(
        """
        with failed as (delete from messaging.message where id = $1 and queue = $2 and lease = $3 returning *)
        insert into messaging.dead_letter (id, queue, name, body, group_key, attempts, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, exception_type, exception_text)
        select id, queue, name, body, group_key, $4, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, $5, $6 from failed
        """)
    {
        Parameters =
        {
            new() { Value = envelope.Id }, new() { Value = envelope.Queue }, new() { Value = envelope.Lease }, new() { Value = attempts },
            Text(exception.GetType().FullName!), Text(FailureText.Of(exception)),
        },
    };

    private static NpgsqlParameter Text(string value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value };
}
