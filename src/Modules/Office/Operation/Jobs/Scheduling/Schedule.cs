using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Npgsql;
using Quartz;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Changes what Quartz has stored. All changes take one lock, so that hosts that start at once and people who pause wait for each other.</summary>
internal static class Schedule
{
    private const string Group = "association";
    private const long LockKey = 0x4a4f4253; // "JOBS"

    /// <summary>Makes the stored schedule that of the declarations: new jobs are added, removed ones go, a changed expression holds from now on. Pauses stay.</summary>
    public static async Task ApplyAsync(IScheduler scheduler, NpgsqlTransaction transaction, IReadOnlyList<JobDeclaration> jobs, CancellationToken ct)
    {
        using var _ = await JoinAsync(scheduler, transaction, ct);
        foreach (var job in jobs)
            if (!IsStored(await scheduler.GetTrigger(TriggerOf(job.Name), ct), job)) await StoreAsync(scheduler, job, await scheduler.GetTriggerPause(TriggerOf(job.Name), ct), ct);
        var stored = await scheduler.QueryJobs(new JobQuery { Group = Quartz.GroupMatcher<JobKey>.GroupStartsWith(Group) }, ct);
        await scheduler.DeleteJobs([.. stored.Items.Select(j => j.Key).Where(k => jobs.All(j => j.Name != k.Name))], ct);
    }

    /// <summary>No regular time of the job counts until it is resumed.</summary>
    public static async Task PauseAsync(IScheduler scheduler, NpgsqlTransaction transaction, JobDeclaration job, string by, CancellationToken ct)
    {
        using var _ = await JoinAsync(scheduler, transaction, ct);
        var pause = new PauseInfo("", by, scheduler.TimeProvider.GetUtcNow());
        if (await scheduler.GetTrigger(TriggerOf(job.Name), ct) is null) await StoreAsync(scheduler, job, pause, ct); // no office was ever opened on this database
        else await scheduler.PauseTriggerWith(TriggerOf(job.Name), new PauseDetails { RequestedBy = by }, ct);
    }

    /// <summary>Goes on with the next regular time; what the pause left out is not made up for, not even once.</summary>
    public static async Task ResumeAsync(IScheduler scheduler, NpgsqlTransaction transaction, JobDeclaration job, CancellationToken ct)
    {
        using var _ = await JoinAsync(scheduler, transaction, ct);
        await StoreAsync(scheduler, job, pause: null, ct);
    }

    private static async Task<IDisposable> JoinAsync(IScheduler scheduler, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var alone = new NpgsqlCommand($"select pg_advisory_xact_lock({LockKey})", transaction.Connection, transaction);
        await alone.ExecuteNonQueryAsync(ct);
        return scheduler.EnlistTransaction(transaction);
    }

    private static bool IsStored(ITrigger? trigger, JobDeclaration job) =>
        trigger is ICronTrigger stored && stored.CronExpressionString == job.Cron && stored.TimeZone.Id == BusinessCalendar.Zone.Id && stored.MisfireInstruction == InstructionOf(job);

    private static async Task StoreAsync(IScheduler scheduler, JobDeclaration job, PauseInfo? pause, CancellationToken ct)
    {
        var detail = JobBuilder.Create<Firing>().WithIdentity(job.Name, Group).WithDescription(job.Cron).RequestRecovery().StoreDurably().Build();
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(TriggerOf(job.Name)).ForJob(detail)
            .StartAt(scheduler.TimeProvider.GetUtcNow())
            .WithSchedule(CronScheduleBuilder.Create(job.Cron).InTimeZone(BusinessCalendar.Zone).WithMisfireInstruction(InstructionOf(job))).Build();
        await scheduler.ScheduleJob(detail, trigger, new ScheduleJobOptions { Replace = true, Paused = pause is not null, PauseRequestedBy = pause?.RequestedBy }, ct);
    }

    private static TriggerKey TriggerOf(string job) => new(job, Group);

    private static CronTriggerMisfireInstruction InstructionOf(JobDeclaration job) => job.Late switch
    {
        LateRun.Skip => CronTriggerMisfireInstruction.DoNothing,
        _ => CronTriggerMisfireInstruction.FireAndProceed,
    };
}
