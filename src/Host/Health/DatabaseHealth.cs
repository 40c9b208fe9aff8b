using Association.Platform.Data.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Association.Host.Health;

/// <summary>Ready means: the database answers and has the schema of this release.</summary>
internal sealed class DatabaseHealth(MigrationRunner migrations) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            var pending = await migrations.PendingAsync(ct);
            return pending.Count == 0
                ? HealthCheckResult.Healthy("The database answers and has the schema of this release.")
                : HealthCheckResult.Unhealthy(
                    $"{pending.Count} migrations are pending, the first is {pending[0]}. They run when a host of this release starts."
                );
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
