using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>Dead letters, the newest first; without a filter those that somebody has to look at.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Before">The last one of the page before; null for the first page.</param>
/// <param name="Limit">At most so many, up to one more than a list on paper has.</param>
[Permission(MessagingPermissions.Read)]
public sealed record ListDeadLetters(DeadLetterFilter? Filter = null, DeadLetterKey? Before = null, int Limit = 100) : IQuery<IReadOnlyList<DeadLetter>>;

/// <summary>How many dead letters match, by queue, those that failed last first.</summary>
[Permission(MessagingPermissions.Read)]
public sealed record CountDeadLetters(DeadLetterSelection Selection) : IQuery<IReadOnlyList<DeadLetterCount>>;

/// <summary>The dead letters of one queue.</summary>
/// <param name="Queue">The handler's queue.</param>
/// <param name="Name">The message's stable name.</param>
/// <param name="Letters">How many.</param>
/// <param name="OldestAt">When the first of them failed; UTC.</param>
/// <param name="NewestAt">When the last of them failed; UTC.</param>
public sealed record DeadLetterCount(string Queue, string Name, long Letters, DateTime OldestAt, DateTime NewestAt)
{
    /// <summary>What failed, in the reader's language.</summary>
    public string Work { get; init; } = "";
}

/// <summary>Where a page of dead letters ends.</summary>
public sealed record DeadLetterKey(DateTime FailedAt, Guid Id);

/// <summary>A message that failed for good.</summary>
/// <param name="Id">With <paramref name="Queue"/> its key.</param>
/// <param name="Queue">The handler's queue.</param>
/// <param name="Name">The message's stable name.</param>
/// <param name="Body">JSON; ids, no personal data.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="SentAt">UTC.</param>
/// <param name="FailedAt">UTC.</param>
/// <param name="UserName">Who caused it; null for the product itself.</param>
/// <param name="ExceptionType">Full name.</param>
/// <param name="ExceptionText">With stack.</param>
/// <param name="CorrelationId">What the same action caused has the same.</param>
/// <param name="DiscardedAt">UTC; null while it is open.</param>
/// <param name="DiscardedBy">Who gave it up.</param>
/// <param name="DiscardReason">Why.</param>
public sealed record DeadLetter(
    Guid Id,
    string Queue,
    string Name,
    string Body,
    int Attempts,
    DateTime SentAt,
    DateTime FailedAt,
    string? UserName,
    string ExceptionType,
    string ExceptionText,
    Guid CorrelationId,
    DateTime? DiscardedAt,
    string? DiscardedBy,
    string? DiscardReason
)
{
    /// <summary>What failed, in the reader's language.</summary>
    public string Work { get; init; } = "";

    internal const string Columns = """
        d.id as "Id", d.queue as "Queue", d.name as "Name", d.body::text as "Body", d.attempts as "Attempts", d.sent_at as "SentAt", d.failed_at as "FailedAt",
        d.user_name as "UserName", d.exception_type as "ExceptionType", d.exception_text as "ExceptionText", d.correlation_id as "CorrelationId",
        d.discarded_at as "DiscardedAt", d.discarded_by as "DiscardedBy", d.discard_reason as "DiscardReason"
        """;
}

internal static class ListDeadLettersHandler
{
    public static async Task<IReadOnlyList<DeadLetter>> HandleAsync(ListDeadLetters query, OfficeDatabase database, QueueWords words, CancellationToken ct)
    {
        var parameters = new DynamicParameters(
            new
            {
                at = query.Before?.FailedAt,
                id = query.Before?.Id,
                limit = Math.Clamp(query.Limit, 1, PageWindow.Most + 1),
            }
        );
        var where = DeadLetterSql.Where(query.Filter ?? new(), parameters);
        var page = query.Before is null ? "" : "and (d.failed_at, d.id) < (@at, @id)";
        await using var connection = await database.OpenConnectionAsync(ct);
        var letters = await connection.QueryAsync<DeadLetter>(
            new CommandDefinition(
                $"select {DeadLetter.Columns} from messaging.dead_letter d where {where} {page} order by d.failed_at desc, d.id desc limit @limit",
                parameters,
                cancellationToken: ct
            )
        );
        return [.. letters.Select(l => l with { Work = words.Of(l.Queue, l.Name) })];
    }
}

internal static class CountDeadLettersHandler
{
    public static async Task<IReadOnlyList<DeadLetterCount>> HandleAsync(
        CountDeadLetters query,
        OfficeDatabase database,
        QueueWords words,
        CancellationToken ct
    )
    {
        var parameters = new DynamicParameters();
        var where = DeadLetterSql.Where(query.Selection, parameters);
        await using var connection = await database.OpenConnectionAsync(ct);
        var counts = await connection.QueryAsync<DeadLetterCount>(
            new CommandDefinition(
                $"""
                select d.queue as "Queue", d.name as "Name", count(*) as "Letters", min(d.failed_at) as "OldestAt", max(d.failed_at) as "NewestAt"
                  from messaging.dead_letter d where {where} group by d.queue, d.name order by max(d.failed_at) desc
                """,
                parameters,
                cancellationToken: ct
            )
        );
        return [.. counts.Select(c => c with { Work = words.Of(c.Queue, c.Name) })];
    }
}
