using Association.Office.Contracts;
using Association.Platform.Data.Users;
using Dapper;
using Npgsql;

namespace Association.Office.Today.Counting;

/// <summary>
/// The number beside <em>Heute</em>. It stands on every page, so it is never counted there: the last count is kept, whoever made it on whatever host, and one that
/// is no longer fresh is made anew in the background. <em>Heute</em> itself shows and keeps what it lists.
/// </summary>
internal sealed class OpenTasks(NpgsqlDataSource database, TimeProvider clock, Recounts recounts) : IOpenTasks
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public async Task<int> CountAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Id is not { } id) return 0;
        await using var connection = await database.OpenConnectionAsync(ct);
        var (open, countedAt) = await connection.QuerySingleOrDefaultAsync<(int, DateTime?)>(new CommandDefinition(
            "select open, counted_at from today.open_count where person_id = @id", new { id = id.Value }, cancellationToken: ct));
        // Either direction: with --today the clock of the last count may be another one.
        if (countedAt is not { } at || (clock.GetUtcNow() - at).Duration() > Fresh) recounts.Ask(actor);
        return open;
    }

    /// <summary>Keeps what was counted.</summary>
    public async Task KeepAsync(Actor actor, int open, CancellationToken ct)
    {
        if (actor.Id is not { } id) return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into today.open_count values (@id, @open, @now) on conflict (person_id) do update set open = excluded.open, counted_at = excluded.counted_at",
            new { id = id.Value, open, now = clock.GetUtcNow() }, cancellationToken: ct));
    }
}
