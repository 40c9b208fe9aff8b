using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Makes what Hangfire has stored the schedule of the declarations.</summary>
internal static class Schedule
{
    /// <summary>New jobs are added, removed ones go, a changed expression holds from now on. Pauses lie elsewhere and stay.</summary>
    public static void Apply(RecurringJobManager schedule, IReadOnlyList<JobDeclaration> jobs)
    {
        using (var connection = schedule.Storage.GetConnection())
            foreach (var stored in connection.GetRecurringJobs())
                if (!jobs.Any(j => j.Name == stored.Id && j.Cron == stored.Cron))
                    schedule.RemoveIfExists(stored.Id); // when another expression fired last says nothing of this one
        // Late times come to us, whatever the declaration says of them: Hangfire's other mode forgets a time after two looks at the schedule, ten seconds.
        var options = new RecurringJobOptions { TimeZone = BusinessCalendar.Zone, MisfireHandling = MisfireHandlingMode.Relaxed };
        foreach (var job in jobs)
            schedule.AddOrUpdate(job.Name, Job.FromExpression<Firing>(f => f.FireAsync(job.Name, null!, CancellationToken.None)), job.Cron, options);
    }
}
