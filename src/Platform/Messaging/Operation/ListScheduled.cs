using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>Messages that are not due yet: scheduled by somebody, or to be tried again. Those that are due first come first.</summary>
/// <param name="Queue">Of this queue only.</param>
/// <param name="After">The last one of the page before; null for the first page.</param>
/// <param name="Limit">At most so many, up to one more than a list on paper has.</param>
[Permission(MessagingPermissions.Read)]
public sealed record ListScheduled(string? Queue = null, ScheduledKey? After = null, int Limit = 100) : IQuery<IReadOnlyList<NotYetDue>>;

/// <summary>Where a page of scheduled messages ends.</summary>
public sealed record ScheduledKey(DateTime DueAt, Guid Id);

/// <summary>A message that waits for its time.</summary>
/// <param name="Id">With <paramref name="Queue"/> its key.</param>
/// <param name="Queue">The handler's queue.</param>
/// <param name="Name">The message's stable name.</param>
/// <param name="DueAt">Not delivered before; UTC.</param>
/// <param name="SentAt">UTC.</param>
/// <param name="Attempts">How often the handler failed; 0 when it was scheduled.</param>
/// <param name="LastError">What failed last; null when nothing did.</param>
/// <param name="UserName">Who caused it; null for the product itself.</param>
public sealed record NotYetDue(Guid Id, string Queue, string Name, DateTime DueAt, DateTime SentAt, int Attempts, string? LastError, string? UserName)
{
    /// <summary>What the handler does, in the reader's language.</summary>
    public string Work { get; init; } = "";
}

internal static class ListScheduledHandler
{
    public static async Task<IReadOnlyList<NotYetDue>> HandleAsync(ListScheduled query, OfficeDatabase database, QueueWords words, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<NotYetDue>(
            new CommandDefinition(
                $"""
                select m.id as "Id", m.queue as "Queue", m.name as "Name", m.due_at as "DueAt", m.sent_at as "SentAt", m.attempts as "Attempts",
                  split_part(m.last_error, E'\n', 1) as "LastError", m.user_name as "UserName"
                  from messaging.message m
                 where m.due_at > clock_timestamp() {(query.Queue is null ? "" : "and m.queue = @Queue")} {(
                    query.After is null ? "" : "and (m.due_at, m.id) > (@DueAt, @Id)"
                )}
                 order by m.due_at, m.id limit @limit
                """,
                new
                {
                    query.Queue,
                    query.After?.DueAt,
                    query.After?.Id,
                    limit = Math.Clamp(query.Limit, 1, PageWindow.Most + 1),
                },
                cancellationToken: ct
            )
        );
        return [.. rows.Select(m => m with { Work = words.Of(m.Queue, m.Name) })];
    }
}
