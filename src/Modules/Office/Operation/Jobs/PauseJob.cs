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

    public static Task HandleAsync(PauseJob command, JobPauses pauses, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        pauses.BeginAsync(command.Job, user.Actor.Name, clock.GetUtcNow(), ct);
}

internal static class ResumeJobHandler
{
    public static Problem? Validate(ResumeJob command, JobCatalog catalog, IStringLocalizer<JobsTexts> texts) =>
        catalog.Find(command.Job) is null ? new Problem("", texts["Job.Unknown", command.Job]) : null;

    public static Task HandleAsync(ResumeJob command, JobPauses pauses, TimeProvider clock, CancellationToken ct) =>
        pauses.EndAsync(command.Job, clock.GetUtcNow(), ct);
}
