using Association.Platform.Data;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>Follows what a cause led to: how all the messages of a correlation stand.</summary>
public sealed class MessageTrails(OfficeDatabase database)
{
    /// <summary>How the messages of each correlation stand; one without any message left or remembered is absent.</summary>
    /// <param name="correlations">Any number; see <see cref="IMessageBus.CorrelationId"/>.</param>
    /// <param name="since">Handled messages are looked for from here on; the time of the oldest cause, by the database's clock.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyDictionary<Guid, MessageTrail>> FollowAsync(IReadOnlyCollection<Guid> correlations, DateTimeOffset since, CancellationToken ct)
    {
        if (correlations.Count == 0)
            return new Dictionary<Guid, MessageTrail>();
        await using var connection = await database.OpenConnectionAsync(ct);
        // Scheduled for later by the work itself, and never failed: that is not part of this work any more.
        var trails = await connection.QueryAsync<MessageTrail>(
            new CommandDefinition(
                """
                with found as (
                  select correlation_id, due_at <= clock_timestamp() as working, due_at > clock_timestamp() and attempts > 0 as retrying,
                    null::boolean as discarded,
                         null::timestamptz as ended, last_error as error, null::uuid as letter, null as letter_queue
                    from messaging.message where correlation_id = any (@correlations)
                  union all
                  select correlation_id, null, null, discarded_at is not null, failed_at, split_part(exception_text, E'\n', 1), case
                    when discarded_at is null then id end, queue
                    from messaging.dead_letter where correlation_id = any (@correlations)
                  union all
                  select correlation_id, null, null, null, handled_at, null, null, null
                    from messaging.handled where correlation_id = any (@correlations) and handled_at >= @since
                )
                select correlation_id as "Correlation", coalesce(bool_or(working), false) as "IsWorking", coalesce(bool_or(retrying), false) as "IsRetrying",
                       (count(*) filter (where not discarded))::int as "DeadLetters", (count(*) filter (where discarded))::int as "Discarded",
                       max(ended) as "LastEnd", max(error) filter (where discarded is distinct from true) as "Error",
                       (array_agg(letter) filter (where letter is not null))[1] as "DeadLetter",
                         (array_agg(letter_queue) filter (where letter is not null))[1] as "DeadLetterQueue"
                  from found group by correlation_id
                """,
                new { correlations, since = since.ToUniversalTime() },
                cancellationToken: ct
            )
        );
        return trails.ToDictionary(t => t.Correlation);
    }
}

/// <summary>How the messages of a correlation stand.</summary>
/// <param name="Correlation">Which.</param>
/// <param name="IsWorking">A message is due or being handled.</param>
/// <param name="IsRetrying">A message failed and is tried again later.</param>
/// <param name="DeadLetters">Messages that failed for good and about which nobody has decided.</param>
/// <param name="Discarded">Messages that a person gave up.</param>
/// <param name="LastEnd">When the last of them was handled or failed for good, UTC; null when none was.</param>
/// <param name="Error">The first line of a failure; null without one.</param>
/// <param name="DeadLetter">Id of one of the <paramref name="DeadLetters"/>; null without one.</param>
/// <param name="DeadLetterQueue">Its queue.</param>
public sealed record MessageTrail(
    Guid Correlation,
    bool IsWorking,
    bool IsRetrying,
    int DeadLetters,
    int Discarded,
    DateTime? LastEnd,
    string? Error,
    Guid? DeadLetter,
    string? DeadLetterQueue
)
{
    /// <summary>Whether nothing of it goes on by itself.</summary>
    public bool IsSettled => !IsWorking && !IsRetrying;
}
