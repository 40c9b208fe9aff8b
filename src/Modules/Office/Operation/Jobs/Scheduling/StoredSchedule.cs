using Dapper;
using Npgsql;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>
/// Reads what Quartz has stored, without Quartz: pages and verbs ask on every call, and a verb must not load a scheduler for it. Only this class knows the
/// columns of Quartz's tables (version 4).
/// </summary>
internal sealed class StoredSchedule(NpgsqlDataSource database)
{
    /// <summary>The triggers by the names of their jobs; none on a database on which no office was ever opened.</summary>
    public async Task<IReadOnlyDictionary<string, StoredTrigger>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select to_regclass('quartz.qrtz_triggers') is not null", cancellationToken: ct)))
            return new Dictionary<string, StoredTrigger>();
        var triggers = await connection.QueryAsync<(string Job, long? Next, long? Previous, string State)>(new CommandDefinition(
            "select job_name, next_fire_time, prev_fire_time, trigger_state from quartz.qrtz_triggers where sched_name = 'association' and trigger_group = 'association'", cancellationToken: ct));
        return triggers.ToDictionary(t => t.Job, t => new StoredTrigger(TimeOf(t.Next), TimeOf(t.Previous), t.State is "PAUSED" or "PAUSED_BLOCKED", t.State == "ERROR"), StringComparer.Ordinal);
    }

    private static DateTimeOffset? TimeOf(long? ticks) => ticks is null or <= 0 ? null : new DateTimeOffset(ticks.Value, TimeSpan.Zero);
}

/// <summary>When a job runs.</summary>
/// <param name="Next">The next regular time; in the past when nobody fired it.</param>
/// <param name="Previous">When it last fired; null when it never did.</param>
/// <param name="IsPaused">By a person.</param>
/// <param name="IsBroken">Quartz gave it up after repeated failures to fire.</param>
internal sealed record StoredTrigger(DateTimeOffset? Next, DateTimeOffset? Previous, bool IsPaused, bool IsBroken);
