using Association.Office.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Dapper;

namespace Association.Office.Today.Counting;

/// <summary>
/// The number beside <em>Heute</em>. It stands on every page, so it is never counted there: the last count is kept, whoever made it on whatever host. It is made anew
/// <list type="bullet">
/// <item>by <em>Heute</em> itself, each time somebody opens it: it keeps the number of what it lists;</item>
/// <item>after every form that the person had taken (<see cref="Recounts.Changed"/>), so that the own work shows on the next page but one;</item>
/// <item>when a page finds it older than <see cref="Fresh"/>: what others did, what messages brought, and what the day made due shows after that and one more
/// page.</item>
/// </list>
/// Nobody counts for those who are away. What they find when they come back is older than <see cref="Shown"/> and is not shown; nor is it when counting fails
/// for so long.
/// Two hosts may count the same person at once. The later one to finish is kept, with the time at which it began: if it began first, it is the sooner out of
/// date.
/// </summary>
internal sealed class OpenTasks(OfficeDatabase database, TimeProvider clock, Recounts recounts) : IOpenTasks
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    public async Task<int?> CountAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Id is not { } id)
            return 0;
        await using var connection = await database.OpenConnectionAsync(ct);
        var (open, countedAt) = await connection.QuerySingleOrDefaultAsync<(int, DateTime?)>(
            new CommandDefinition("select open, counted_at from today.open_count where person_id = @id", new { id = id.Value }, cancellationToken: ct)
        );
        // Either direction: with --today the clock of the last count may be another one.
        var age = countedAt is { } at ? (clock.GetUtcNow() - at).Duration() : TimeSpan.MaxValue;
        if (age > Fresh)
            recounts.Ask(actor);
        return age > Shown ? null : open;
    }

    /// <summary>Keeps what was counted.</summary>
    /// <param name="begun">When counting began: what changed since then may be missing.</param>
    public async Task KeepAsync(Actor actor, int open, DateTimeOffset begun, CancellationToken ct)
    {
        if (actor.Id is not { } id)
            return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into today.open_count values (@id, @open, @begun) on conflict (person_id) do update set open = excluded.open, counted_at = excluded.counted_at",
                new
                {
                    id = id.Value,
                    open,
                    begun,
                },
                cancellationToken: ct
            )
        );
    }
}
