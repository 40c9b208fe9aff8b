using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>A person wants the job to run now, beside its schedule; also while it is paused. Answers with the run's id.</summary>
[Permission(OperationPermissions.ManageJobs)]
internal sealed record RunJobNow(string Job) : ICommand;

internal static class RunJobNowHandler
{
    public static Problem? Validate(RunJobNow command, JobCatalog catalog, IStringLocalizer<JobsTexts> texts) =>
        catalog.Find(command.Job) is null ? new Problem("", texts["Job.Unknown", command.Job]) : null;

    public static async Task<JobRunStarted> HandleAsync(
        RunJobNow command,
        JobCatalog catalog,
        StartedRuns runs,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow();
        var asked = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)); // as the database keeps it, so that the id can be made of it again
        return new JobRunStarted(await runs.BeginAsync(catalog.Find(command.Job)!, asked, user.Actor.Name, ct));
    }
}

/// <summary>The run that was asked for.</summary>
internal sealed record JobRunStarted(Guid Id);
