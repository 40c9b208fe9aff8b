using Association.Platform.Data;
using Association.Platform.Messaging.Model;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>One dead letter, open or discarded, with what else the same action caused; null when it is gone.</summary>
/// <param name="Id">The message.</param>
/// <param name="Queue">Where it failed; null: in whichever queue, when it failed in one.</param>
[Permission(MessagingPermissions.Read)]
public sealed record ReadDeadLetter(Guid Id, string? Queue = null) : IQuery<DeadLetterRecord?>;

/// <summary>A dead letter with what belongs to it.</summary>
/// <param name="Letter">Itself.</param>
/// <param name="Related">What else the same action caused, in the order in which it ended; at most 200.</param>
/// <param name="CanBeReplayed">Whether some part of this program still accepts it.</param>
public sealed record DeadLetterRecord(DeadLetter Letter, IReadOnlyList<RelatedMessage> Related, bool CanBeReplayed);

/// <summary>Another message of the same action.</summary>
/// <param name="Id">The message.</param>
/// <param name="Queue">The handler's queue.</param>
/// <param name="Name">The message's stable name.</param>
/// <param name="End">How it ended, if it did.</param>
/// <param name="At">When it ended, or when it is due; UTC.</param>
/// <param name="Attempts">How often the handler failed.</param>
public sealed record RelatedMessage(Guid Id, string Queue, string Name, RelatedEnd End, DateTime At, int Attempts)
{
    /// <summary>What the handler does, in the reader's language.</summary>
    public string Work { get; init; } = "";
}

/// <summary>How a related message ended.</summary>
public enum RelatedEnd
{
    /// <summary>It was handled.</summary>
    Handled,

    /// <summary>It failed for good.</summary>
    Failed,

    /// <summary>It failed, and somebody gave it up.</summary>
    Discarded,

    /// <summary>It is stored still: running, waiting, or to be tried again.</summary>
    Stored,
}

internal static class ReadDeadLetterHandler
{
    public static async Task<DeadLetterRecord?> HandleAsync(
        ReadDeadLetter query,
        OfficeDatabase database,
        MessagingModel model,
        QueueWords words,
        CancellationToken ct
    )
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var letter = await connection.QueryFirstOrDefaultAsync<DeadLetter>(
            new CommandDefinition(
                $"select {DeadLetter.Columns} from messaging.dead_letter d where d.id = @Id and (@Queue::text is null or d.queue = @Queue) order by d.queue limit 1",
                query,
                cancellationToken: ct
            )
        );
        if (letter is null)
            return null;
        var related = await connection.QueryAsync<RelatedMessage>(
            new CommandDefinition(
                $"""
                select r.id as "Id", r.queue as "Queue", r.name as "Name", r.ending as "End", r.at as "At", r.attempts as "Attempts"
                  from (
                    select id, queue, name, {(int)
                    RelatedEnd.Handled} as ending, handled_at as at, attempts from messaging.handled where correlation_id = @CorrelationId
                    union all
                    select id, queue, name, case when discarded_at is null then {(int)RelatedEnd.Failed} else {(int)
                    RelatedEnd.Discarded} end, failed_at, attempts
                      from messaging.dead_letter where correlation_id = @CorrelationId and (id, queue) <> (@Id, @Queue)
                    union all
                    select id, queue, name, {(int)RelatedEnd.Stored}, due_at, attempts from messaging.message where correlation_id = @CorrelationId
                  ) r order by r.at, r.id limit 200
                """,
                letter,
                cancellationToken: ct
            )
        );
        return new DeadLetterRecord(
            letter with
            {
                Work = words.Of(letter.Queue, letter.Name),
            },
            [.. related.Select(r => r with { Work = words.Of(r.Queue, r.Name) })],
            letter.DiscardedAt is null && Replay.QueuesOf(new PickedLetter(letter.Id, letter.Queue, letter.Name), model) is not []
        );
    }
}
