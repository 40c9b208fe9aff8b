using System.Globalization;
using Association.Office.Operation.Jobs.Runs;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Npgsql;
using Quartz;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>What Quartz runs: it stores the run's message and nothing else.</summary>
internal sealed class Firing(IServiceScopeFactory scopes, ILogger<Firing> log) : IJob
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = context.JobDetail.Key.Name;
        var time = TimeOf(context);
        // A database that is away for a while must not cost the run; a process that ends meanwhile leaves it to the others (recovery).
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await FireAsync(job, time, cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                log.LogWarning(e, "Job {Job} of {Time:O} could not be fired; tried again in {Pause}", job, time, pause);
                await Task.Delay(pause, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Job {Job} of {Time:O} could not be fired", job, time);
                throw new JobExecutionException(e);
            }
        }
    }

    private async Task FireAsync(string job, DateTimeOffset time, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new FireJob(job, time), ct);
    }

    // The time that the expression names, not the moment at which Quartz came to it: a run that is taken over from a host that died has the same
    // time, and so the same id, as the one that this host began. A run that is really late is meant for the latest of the missed times.
    private static DateTimeOffset TimeOf(IJobExecutionContext context)
    {
        var data = context.MergedJobDataMap;
        var meant = context.Recovering ? Read(data, SchedulerConstants.FailedJobOriginalTriggerScheduledFireTime) : context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        var fired = context.Recovering ? Read(data, SchedulerConstants.FailedJobOriginalTriggerFireTime) : context.FireTimeUtc;
        return fired - meant < Schedulers.LateAfter ? meant : CronTimes.Of(context.JobDetail.Description!).UpTo(fired) ?? meant;
    }

    private static DateTimeOffset Read(JobDataMap data, string key) => DateTimeOffset.Parse((string)data[key]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
