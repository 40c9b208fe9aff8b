using Association.Platform.Data.Kernel;
using Association.Platform.Messaging.Model;
using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.Server;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>
/// Fires the jobs while this host runs, together with all other hosts. Starts in the background, so that nobody waits for it. On a
/// demo that acts on another day (<c>--today</c>) it stays off: times of a shifted clock and of real ones would meet in one stored schedule.
/// </summary>
internal sealed class JobScheduler(
    JobCatalog catalog,
    MessagingModel model,
    HangfireOffice hangfire,
    HangfireSchema schema,
    SchedulerState state,
    TimeProvider clock,
    ILoggerFactory loggers
) : BackgroundService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = loggers.CreateLogger<JobScheduler>();
    private BackgroundProcessingServer? _server;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        catalog.EnsureValid(model, clock.GetUtcNow());
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clock is HostClock { IsShifted: true })
        {
            state.TurnedOff();
            return;
        }
        LogProvider.SetCurrentLogProvider(new AspNetCoreLogProvider(loggers)); // Hangfire has one for the whole process
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await schema.BuildAsync(stoppingToken);
                await schema.AloneAsync(_ => Schedule.Apply(hangfire.Schedule, catalog.All), stoppingToken);
                _server = hangfire.StartServer();
                state.Runs();
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                state.Failed();
                _log.LogError(e, "The scheduler does not start; tried again in {Wait}", BetweenTries);
            }
            await Task.Delay(BetweenTries, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_server is { } running)
        {
            running.SendStop();
            await running.WaitForShutdownAsync(cancellationToken);
            running.Dispose();
        }
        LogProvider.SetCurrentLogProvider(null);
    }
}
