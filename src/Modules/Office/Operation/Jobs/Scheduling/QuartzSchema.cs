using Association.Platform.Data.Backups;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Quartz makes its tables by itself; a backup holds them, because what somebody paused is there and nowhere else.</summary>
internal sealed class QuartzSchema(Schedulers schedulers) : IForeignSchema
{
    public string Name => "quartz";

    public async Task BuildAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.CreateAsync(ct);
        await scheduler.Shutdown(waitForJobsToComplete: false, ct);
    }
}
