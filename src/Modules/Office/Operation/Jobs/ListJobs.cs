using Association.Office.Operation.Jobs.Runs;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Office.Operation.Jobs;

/// <summary>Every declared job with its next and its latest run.</summary>
[Permission(OperationPermissions.ReadJobs)]
internal sealed record ListJobs : IQuery<IReadOnlyList<JobView>>;

/// <summary>A job as it stands.</summary>
/// <param name="Declaration">What the module says.</param>
/// <param name="IsPaused">By a person.</param>
/// <param name="Next">The next regular run; null while it is paused, and in an office that acts on another day.</param>
/// <param name="Missed">The time at which it should have run and did not; null when all is well.</param>
/// <param name="Latest">Its latest run; null when it never ran.</param>
public sealed record JobView(JobDeclaration Declaration, bool IsPaused, DateTimeOffset? Next, DateTimeOffset? Missed, JobRunView? Latest);

internal static class ListJobsHandler
{
    public static async Task<IReadOnlyList<JobView>> HandleAsync(
        ListJobs _,
        JobCatalog catalog,
        StoredSchedule schedule,
        OverdueJobs overdue,
        RunReader runs,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var stored = await schedule.ReadAsync(ct);
        var missed = (await overdue.FindAsync(ct)).ToDictionary(o => o.Job, o => o.Missed, StringComparer.Ordinal);
        var latest = (await runs.LatestAsync(ct)).ToDictionary(r => r.Job, StringComparer.Ordinal);
        return [.. catalog.All.Select(job => View(job, stored.GetValueOrDefault(job.Name)))];

        JobView View(JobDeclaration job, StoredJob? state)
        {
            var next =
                clock is HostClock { IsShifted: true } || state?.IsPaused == true ? null
                : state?.Next is null || state.IsLeftOut(state.Next) ? CronTimes.Of(job.Cron).After(clock.GetUtcNow())
                : state.Next;
            return new JobView(
                job,
                state?.IsPaused == true,
                next,
                missed.TryGetValue(job.Name, out var time) ? time : null,
                latest.GetValueOrDefault(job.Name)
            );
        }
    }
}
