using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Office.Operation.Jobs;

/// <summary>Finds jobs that did not run when they should have, whether because nobody fires at all or because firing failed.</summary>
internal sealed class OverdueJobs(JobCatalog catalog, StoredSchedule schedule, OfficeDatabase database, TimeProvider clock)
{
    /// <summary>So much later than its time a run may begin: hosts take over from each other, and the office may have been closed for a restart.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Those jobs, with the time that was missed.</summary>
    public async Task<IReadOnlyList<OverdueJob>> FindAsync(CancellationToken ct)
    {
        if (clock is HostClock { IsShifted: true })
            return []; // real times and a shifted clock say nothing about each other
        var late = clock.GetUtcNow() - Grace;
        var stored = await schedule.ReadAsync(ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        var ran = (
            await connection.QueryAsync<(string Job, DateTime Latest)>(
                new CommandDefinition("select job, max(fire_time) from operation.job_run where asked_by is null group by job", cancellationToken: ct)
            )
        ).ToDictionary(r => r.Job, r => new DateTimeOffset(r.Latest), StringComparer.Ordinal);
        var overdue = new List<OverdueJob>();
        foreach (var job in catalog.All)
        {
            if (!stored.TryGetValue(job.Name, out var state) || state.IsPaused)
                continue;
            var fired = state.Fired is { } found
                ? CronTimes.Of(job.Cron).Due(found, fired: null, job.Late).Select(t => (DateTimeOffset?)t).FirstOrDefault()
                : null;
            if (fired < late && !state.IsLeftOut(fired) && !(ran.TryGetValue(job.Name, out var latest) && latest >= fired))
                overdue.Add(new OverdueJob(job.Name, fired.Value));
            else if ((state.Next < late && !state.IsLeftOut(state.Next)) || state.IsBroken)
                overdue.Add(new OverdueJob(job.Name, state.Next ?? late));
        }
        return overdue;
    }
}

/// <summary>A job that did not run.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Missed">The time at which it should have.</param>
internal sealed record OverdueJob(string Job, DateTimeOffset Missed);
