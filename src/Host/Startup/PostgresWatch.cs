using Association.Host.Installations;

namespace Association.Host.Startup;

/// <summary>Starts the embedded PostgreSQL again when it died under the running office (out of memory, <c>kill -9</c>).</summary>
internal sealed class PostgresWatch(Installation installation, ILogger<PostgresWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (installation.Embedded is not { } postgres)
            return;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await postgres.ReviveAsync(log, stoppingToken))
                    log.LogWarning("The embedded PostgreSQL had died and was started again");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The embedded PostgreSQL died and does not start again");
            }
        }
    }
}
