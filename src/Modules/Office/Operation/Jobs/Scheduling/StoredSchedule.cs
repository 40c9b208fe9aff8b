using System.Globalization;
using Association.Platform.Data;
using Dapper;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>
/// Reads what Hangfire has stored of the schedule, without Hangfire, and what people paused: pages and verbs ask on every call, and a verb must not load a
/// scheduler for it. Only this class knows how Hangfire stores a schedule (1.8: a row a field).
/// </summary>
internal sealed class StoredSchedule(OfficeDatabase database)
{
    private const string Pauses =
        """select job, 'Paused', coalesce(to_char(resumed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '') from operation.job_pause""";

    private const string Fields =
        "select substr(key, length('recurring-job:') + 1), field, coalesce(value, '') from hangfire.hash where key like 'recurring-job:%'";

    /// <summary>How jobs stand, by their names; on a database on which no office was ever opened, only what somebody paused.</summary>
    public async Task<IReadOnlyDictionary<string, StoredJob>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var isStored = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select to_regclass('hangfire.hash') is not null", cancellationToken: ct)
        );
        var rows = await connection.QueryAsync<(string Job, string Field, string Value)>(
            new CommandDefinition(isStored ? $"{Pauses} union all {Fields}" : Pauses, cancellationToken: ct)
        );
        return rows.GroupBy(r => r.Job, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => StateOf(g.ToDictionary(r => r.Field, r => r.Value, StringComparer.Ordinal)), StringComparer.Ordinal);
    }

    private static StoredJob StateOf(Dictionary<string, string> fields)
    {
        var next = Time(fields, "NextExecution");
        var gaveUp = next is null && fields.GetValueOrDefault("Error") is { Length: > 0 };
        return new StoredJob(next, Time(fields, "LastExecution"), fields.GetValueOrDefault("Paused") is "", Time(fields, "Paused"), gaveUp);
    }

    private static DateTimeOffset? Time(Dictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { Length: > 0 } time
            ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;
}

/// <summary>How a job stands.</summary>
/// <param name="Next">The next regular time that is stored; in the past when nobody fired it, null when none is.</param>
/// <param name="Fired">When Hangfire last found it due; null when it never did.</param>
/// <param name="IsPaused">By a person.</param>
/// <param name="Resumed">When a pause ended: no time up to then counts; null without one.</param>
/// <param name="IsBroken">Hangfire gave it up after repeated failures to fire.</param>
internal sealed record StoredJob(DateTimeOffset? Next, DateTimeOffset? Fired, bool IsPaused, DateTimeOffset? Resumed, bool IsBroken)
{
    /// <summary>Whether a time fell into a pause that is over.</summary>
    public bool IsLeftOut(DateTimeOffset? time) => time <= Resumed;
}
