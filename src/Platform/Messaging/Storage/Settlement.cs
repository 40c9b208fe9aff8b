using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Messaging.Storage;

/// <summary>The ends of a claim; each runs in the transaction that has the row locked.</summary>
internal static class Settlement
{
    // Found again by its key, and only if nobody settled it meanwhile: when the commit itself failed, the lock is gone.
    private const string Mine =
        "mine as materialized (select ctid from messaging.message where id = $1 and queue = $2 and attempts = $3 for update skip locked)";

    /// <summary>Handled, together with the handler's changes.</summary>
    public static NpgsqlBatchCommand Handled(IReadOnlyList<Envelope> page) =>
        page is [var only] ? new(HandledWhere("ctid = $1::text::tid")) { Parameters = { new() { Value = only.Place } } } // an array would be planned anew each time
        : new(HandledWhere("ctid = any ($1::text[]::tid[])")) { Parameters = { Places(page) } };

    /// <summary>
    /// Notes that these were torn. The first time is nobody's fault; then the pauses grow, so that a message that ends its process leaves
    /// time to the others.
    /// </summary>
    /// <param name="scale">Multiplies the pauses: 1, 4, 9 … seconds.</param>
    public static NpgsqlBatchCommand Interrupted(IReadOnlyList<Envelope> torn, double scale) => new(
        """
        update messaging.message set interruptions = interruptions + 1, due_at = clock_timestamp() + interruptions * interruptions * $2
         where ctid = any ($1::text[]::tid[])
        """)
    {
        Parameters = { Places(torn), new() { Value = TimeSpan.FromSeconds(scale) } },
    };

    /// <summary>Given up by policy.</summary>
    public static NpgsqlBatchCommand Discarded(Envelope envelope) => new(
        $"""
        with {Mine}, done as (delete from messaging.message m using mine where m.ctid = mine.ctid returning m.id, m.queue, m.name, m.attempts, m.correlation_id)
        insert into messaging.handled (id, queue, name, attempts, correlation_id, outcome) select *, 'discarded' from done
        """)
    {
        Parameters = { Id(envelope), Queue(envelope), Attempts(envelope) },
    };

    /// <summary>Tried again after a while.</summary>
    public static NpgsqlBatchCommand Retry(Envelope envelope, TimeSpan after, Exception exception) => new(
        $"""
        with {Mine}
        update messaging.message m set attempts = attempts + 1, due_at = clock_timestamp() + $4, last_error = $5 from mine where m.ctid = mine.ctid
        """)
    {
        Parameters = { Id(envelope), Queue(envelope), Attempts(envelope), new() { Value = after }, Text(FailureText.Short(exception)) },
    };

    /// <summary>Failed for good.</summary>
    public static NpgsqlBatchCommand DeadLetter(Envelope envelope, int attempts, Exception exception) => new(
        $"""
        with {Mine}, failed as (delete from messaging.message m using mine where m.ctid = mine.ctid returning m.*)
        insert into messaging.dead_letter (id, queue, name, body, group_key, attempts, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, exception_type, exception_text)
        select id, queue, name, body, group_key, $4, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, $5, $6 from failed
        """)
    {
        Parameters =
        {
            Id(envelope), Queue(envelope), Attempts(envelope), new() { Value = attempts }, Text(exception.GetType().FullName!), Text(FailureText.Of(exception)),
        },
    };

    private static string HandledWhere(string condition) =>
        $"""
        with done as (delete from messaging.message where {condition} returning id, queue, name, attempts, correlation_id)
        insert into messaging.handled (id, queue, name, attempts, correlation_id) select * from done
        """;

    private static NpgsqlParameter Places(IReadOnlyList<Envelope> page) =>
        new() { Value = page.Select(e => e.Place).ToArray() };

    private static NpgsqlParameter Id(Envelope envelope) => new() { Value = envelope.Id };

    private static NpgsqlParameter Queue(Envelope envelope) => new() { Value = envelope.Queue };

    private static NpgsqlParameter Attempts(Envelope envelope) => new() { Value = envelope.Attempts };

    private static NpgsqlParameter Text(string value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value };
}
