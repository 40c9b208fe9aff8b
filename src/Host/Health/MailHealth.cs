using Association.Platform.Mail.Operation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Association.Host.Health;

/// <summary>Mails leave. When the mail server does not take them, everything else works, so the host stays in service.</summary>
internal sealed class MailHealth(MailBacklog backlog) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            var mails = await backlog.ReadAsync(ct);
            return mails switch
            {
                { HasServer: false, Waiting: > 0 } => HealthCheckResult.Degraded($"{mails.Waiting} mails wait, because no mail server is set."),
                { HasServer: false } => HealthCheckResult.Healthy("No mail server is set, and no mail waits."),
                { Stuck: > 0 } => HealthCheckResult.Degraded(
                    $"{mails.Stuck} mails wait after several attempts. The page Postausgang says what the mail server answered."
                ),
                _ => HealthCheckResult.Healthy("Mails leave."),
            };
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy("The mails cannot be read from the database.", e);
        }
    }
}
