using System.Text.Json;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>Reads runs as they stand at this moment, whether or not their end is written down yet.</summary>
internal sealed class RunReader(OfficeDatabase database, MessageTrails trails)
{
    private const string Columns = """
        select id as "Id", job as "Job", fire_time as "FireTime", asked_by as "AskedBy", started_at as "StartedAt", ended_at as "EndedAt", state as "State",
               error as "Error", findings::text as "Findings", correlation_id as "Correlation" from operation.job_run
        """;

    /// <summary>The latest run of each job.</summary>
    public Task<IReadOnlyList<JobRunView>> LatestAsync(CancellationToken ct) =>
        ReadAsync(
            $"select l.* from (select distinct job from operation.job_run) as j cross join lateral ({Columns} r where r.job = j.job order by started_at desc limit 1) as l",
            new { },
            ct
        );

    /// <summary>The latest runs of one job, the latest first.</summary>
    public Task<IReadOnlyList<JobRunView>> HistoryAsync(string job, int limit, CancellationToken ct) =>
        ReadAsync($"{Columns} where job = @job order by started_at desc limit @limit", new { job, limit }, ct);

    /// <summary>The latest time of a job that the schedule fired; null when it fired none, or none is kept.</summary>
    public async Task<DateTimeOffset?> LatestFiredAsync(string job, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return
            await connection.ExecuteScalarAsync<DateTime?>(
                new CommandDefinition("select max(fire_time) from operation.job_run where job = @job and asked_by is null", new { job }, cancellationToken: ct)
            )
                is { } time
            ? Utc(time)
            : null;
    }

    /// <summary>One run; null when there is none, or no more.</summary>
    public async Task<JobRunView?> FindAsync(Guid id, CancellationToken ct) =>
        await ReadAsync($"{Columns} where id = @id", new { id }, ct) is [var run] ? run : null;

    private async Task<IReadOnlyList<JobRunView>> ReadAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: ct))).AsList();
        var unsure = rows.Where(r => r.State is RunState.Open or RunState.Failed).ToList();
        var found =
            unsure.Count == 0
                ? new Dictionary<Guid, MessageTrail>()
                : await trails.FollowAsync([.. unsure.Select(r => r.Correlation)], unsure.Min(r => r.StartedAt), ct);
        return [.. rows.Select(r => View(r, found.GetValueOrDefault(r.Correlation)))];
    }

    private static JobRunView View(Row row, MessageTrail? trail)
    {
        var findings = row.Findings is { } json ? JsonSerializer.Deserialize<IReadOnlyList<JobFinding>>(json, JsonSerializerOptions.Web)! : [];
        var end = row.State == RunState.Open || trail is not null ? RunEnd.Of(trail) : new RunEnd(row.State, row.EndedAt, row.Error);
        var letter = trail is { DeadLetter: { } id, DeadLetterQueue: { } queue } ? new RunDeadLetter(id, queue) : null;
        return new JobRunView(
            row.Id,
            row.Job,
            Utc(row.FireTime),
            row.AskedBy,
            Utc(row.StartedAt),
            end?.At is { } at ? Utc(at) : null,
            OutcomeOf(end, trail, findings),
            end?.Error ?? trail?.Error,
            letter,
            findings
        );
    }

    private static JobRunOutcome OutcomeOf(RunEnd? end, MessageTrail? trail, IReadOnlyList<JobFinding> findings) =>
        end?.State switch
        {
            RunState.Done => findings.All(f => f.Ok) ? JobRunOutcome.Done : JobRunOutcome.Wrong,
            RunState.Failed => JobRunOutcome.Failed,
            RunState.GivenUp => JobRunOutcome.GivenUp,
            _ => trail is { IsWorking: false, IsRetrying: true } ? JobRunOutcome.Retrying : JobRunOutcome.Running,
        };

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record Row(
        Guid Id,
        string Job,
        DateTime FireTime,
        string? AskedBy,
        DateTime StartedAt,
        DateTime? EndedAt,
        string State,
        string? Error,
        string? Findings,
        Guid Correlation
    );
}

/// <summary>One run of a job.</summary>
/// <param name="Id">Made of job and time.</param>
/// <param name="Job">Its name.</param>
/// <param name="FireTime">The time it is meant for.</param>
/// <param name="AskedBy">Who asked for it; null: the schedule.</param>
/// <param name="StartedAt">When its message was stored.</param>
/// <param name="EndedAt">When the last of its messages was handled or failed for good; null while it goes on.</param>
/// <param name="Outcome">How it stands.</param>
/// <param name="Error">First line of a failure; null without one.</param>
/// <param name="DeadLetter">One of the dead letters about which somebody has to decide; null without one.</param>
/// <param name="Findings">What it found out; often nothing.</param>
public sealed record JobRunView(
    Guid Id,
    string Job,
    DateTimeOffset FireTime,
    string? AskedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    JobRunOutcome Outcome,
    string? Error,
    RunDeadLetter? DeadLetter,
    IReadOnlyList<JobFinding> Findings
)
{
    /// <summary>From the stored message to the last end; null while it goes on.</summary>
    public TimeSpan? Duration =>
        EndedAt is { } end
            ? end > StartedAt
                ? end - StartedAt
                : TimeSpan.Zero
            : null;

    /// <summary>Whether it came late, for a time at which no host ran.</summary>
    public bool IsMadeUp => AskedBy is null && StartedAt - FireTime >= CronTimes.LateAfter;

    /// <summary>The day as whose run somebody asked for it, when that is not the day on which it ran: by <c>--today</c> in a demo; else null.</summary>
    public DateOnly? OtherDay => AskedBy is not null && FireTime.ToBusinessDate() is var day && day != StartedAt.ToBusinessDate() ? day : null;
}

/// <summary>A dead letter of a run.</summary>
public sealed record RunDeadLetter(Guid Id, string Queue);

/// <summary>How a run stands.</summary>
public enum JobRunOutcome
{
    /// <summary>Its messages wait or are being handled.</summary>
    Running,

    /// <summary>Something failed and is tried again.</summary>
    Retrying,

    /// <summary>All of it was done.</summary>
    Done,

    /// <summary>It was done, and found something that is not as it should be.</summary>
    Wrong,

    /// <summary>Something failed for good: a dead letter.</summary>
    Failed,

    /// <summary>Something failed for good, and a person decided that it stays so.</summary>
    GivenUp,
}
