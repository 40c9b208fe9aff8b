using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Messaging;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>The schedule says that it is time. Firing the same time again changes nothing, and neither does one that falls into a pause.</summary>
/// <param name="Job">Its name.</param>
/// <param name="FireTime">The time that the schedule means, however late it is now.</param>
[InternalOnly]
internal sealed record FireJob(string Job, DateTimeOffset FireTime) : ICommand;

internal static class FireJobHandler
{
    public static async Task HandleAsync(FireJob command, JobCatalog catalog, JobPauses pauses, StartedRuns runs, CancellationToken ct)
    {
        var job = catalog.Find(command.Job) ?? throw new UnknownJobException(command.Job);
        if (await pauses.LeaveOutAsync(job.Name, command.FireTime, ct))
            return;
        await runs.BeginAsync(job, command.FireTime, askedBy: null, ct);
    }
}

/// <summary>The schedule has a job that this release does not declare: another release runs beside this one.</summary>
internal sealed class UnknownJobException(string job) : Exception($"No module of this release declares the job '{job}'.");
