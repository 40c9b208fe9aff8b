using Association.Platform.Messaging;
using Dapper;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Which jobs rest. Hangfire goes on telling when they are due; what falls into a pause begins no run.</summary>
internal sealed class JobPauses(IUnitOfWork unit)
{
    /// <summary>No regular time of the job counts until it is resumed. A job that rests already goes on resting.</summary>
    public Task BeginAsync(string job, string by, DateTimeOffset now, CancellationToken ct) =>
        ExecuteAsync(
            """
            insert into operation.job_pause as p (job, paused_by, paused_at) values (@job, @by, @now)
            on conflict (job) do update set paused_by = excluded.paused_by, paused_at = excluded.paused_at, resumed_at = null where p.resumed_at is not null
            """,
            new
            {
                job,
                by,
                now = now.ToUniversalTime(),
            },
            ct
        );

    /// <summary>Goes on with the next regular time; what the pause left out is not made up for, not even once.</summary>
    public Task EndAsync(string job, DateTimeOffset now, CancellationToken ct) =>
        ExecuteAsync("update operation.job_pause set resumed_at = @now where job = @job and resumed_at is null", new { job, now = now.ToUniversalTime() }, ct);

    /// <summary>Whether a regular time of the job falls into a pause, or lies before the end of one.</summary>
    public Task<bool> LeaveOutAsync(string job, DateTimeOffset time, CancellationToken ct) =>
        unit.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from operation.job_pause where job = @job and (resumed_at is null or resumed_at >= @time))",
                new { job, time = time.ToUniversalTime() },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, unit.Transaction, cancellationToken: ct));
}
