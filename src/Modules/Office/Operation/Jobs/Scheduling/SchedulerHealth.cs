using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Scheduled jobs run when they should. When they do not, pages still work and other hosts may fire them, so the host stays in service.</summary>
internal sealed class SchedulerHealth(SchedulerState scheduler, OverdueJobs overdue) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        if (scheduler.Mode == SchedulerMode.Off)
            return HealthCheckResult.Healthy("Off, because this office acts on another day.");
        if (scheduler.Mode == SchedulerMode.Failed)
            return HealthCheckResult.Degraded("The scheduler of this host does not run; the log says why. It is tried again every few seconds.");
        try
        {
            var late = await overdue.FindAsync(ct);
            return late is []
                ? HealthCheckResult.Healthy("Jobs run when they should.")
                : HealthCheckResult.Degraded(
                    $"Jobs did not run when they should have: {string.Join(", ", late.Select(j => j.Job))}. The page Aufträge says since when."
                );
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy("The schedule cannot be read from the database.", e);
        }
    }
}
