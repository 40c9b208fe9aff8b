using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Jobs;

/// <summary>The job no longer runs by its schedule, on no host, until it is resumed; also after a restart or a new release.</summary>
[Permission(OperationPermissions.ManageJobs)]
internal sealed record PauseJob(string Job) : ICommand;

/// <summary>The job runs by its schedule again, from its next regular time on; what fell into the pause is not made up for.</summary>
[Permission(OperationPermissions.ManageJobs)]
internal sealed record ResumeJob(string Job) : ICommand;

internal static class PauseJobHandler
{
    public static Problem? Validate(PauseJob command, JobCatalog catalog, IStringLocalizer<JobsTexts> texts) =>
        catalog.Find(command.Job) is null ? new Problem("", texts["Job.Unknown", command.Job]) : null;

    public static async Task HandleAsync(PauseJob command, JobCatalog catalog, Schedulers schedulers, IUnitOfWork unit, CurrentUser user, CancellationToken ct)
    {
        var scheduler = await schedulers.CreateAsync(ct); // not started: it only writes
        try
        {
            await Schedule.PauseAsync(scheduler, unit.Transaction, catalog.Find(command.Job)!, user.Actor.Name, ct);
        }
        finally
        {
            await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        }
    }
}

internal static class ResumeJobHandler
{
    public static Problem? Validate(ResumeJob command, JobCatalog catalog, IStringLocalizer<JobsTexts> texts) =>
        catalog.Find(command.Job) is null ? new Problem("", texts["Job.Unknown", command.Job]) : null;

    // Somebody else may have resumed it meanwhile, and a second time must not move its next run.
    public static async Task<bool> LoadAsync(ResumeJob command, StoredSchedule schedule, CancellationToken ct) =>
        (await schedule.ReadAsync(ct)).GetValueOrDefault(command.Job)?.IsPaused == true;

    public static async Task HandleAsync(ResumeJob command, bool isPaused, JobCatalog catalog, Schedulers schedulers, IUnitOfWork unit, CancellationToken ct)
    {
        if (!isPaused) return;
        var scheduler = await schedulers.CreateAsync(ct);
        try
        {
            await Schedule.ResumeAsync(scheduler, unit.Transaction, catalog.Find(command.Job)!, ct);
        }
        finally
        {
            await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        }
    }
}
