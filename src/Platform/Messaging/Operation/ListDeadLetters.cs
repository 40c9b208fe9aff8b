using Dapper;
using Npgsql;

namespace Association.Platform.Messaging.Operation;

/// <summary>The dead letters that somebody has to look at, the newest first.</summary>
/// <param name="Before">The last one of the page before; null for the first page.</param>
/// <param name="Limit">At most so many, up to 500.</param>
[Permission(MessagingPermissions.Read)]
public sealed record ListDeadLetters(DeadLetterKey? Before = null, int Limit = 100) : IQuery<IReadOnlyList<DeadLetter>>;

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
public sealed record DeadLetter(
    Guid Id, string Queue, string Name, string Body, int Attempts, DateTime SentAt, DateTime FailedAt, string? UserName, string ExceptionType, string ExceptionText);

internal static class ListDeadLettersHandler
{
    public static async Task<IReadOnlyList<DeadLetter>> HandleAsync(ListDeadLetters query, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<DeadLetter>(new CommandDefinition(
            """
            select id, queue, name, body::text as body, attempts, sent_at as "SentAt", failed_at as "FailedAt", user_name as "UserName",
                   exception_type as "ExceptionType", exception_text as "ExceptionText"
              from messaging.dead_letter
             where discarded_at is null and (@at::timestamptz is null or (failed_at, id) < (@at, @id))
             order by failed_at desc, id desc limit @limit
            """, new { at = query.Before?.FailedAt, id = query.Before?.Id, limit = Math.Clamp(query.Limit, 1, 500) }, cancellationToken: ct))).AsList();
    }
}
