using Association.Platform.Data.Kernel;
using Association.Platform.Messaging.Model;
using Npgsql;
using Quartz;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>
/// Fires the jobs while this host runs, together with the schedulers of all other hosts. Starts in the background, so that nobody waits for it. On a
/// demo that acts on another day (<c>--today</c>) it stays off: times of a shifted clock and of real ones would meet in one stored schedule.
/// </summary>
internal sealed class JobScheduler(
    JobCatalog catalog, MessagingModel model, Schedulers schedulers, SchedulerState state, NpgsqlDataSource database, TimeProvider clock, ILogger<JobScheduler> log) : BackgroundService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private IScheduler? _scheduler;

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
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeginAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                state.Failed();
                log.LogError(e, "The scheduler does not start; tried again in {Wait}", BetweenTries);
            }
            await Task.Delay(BetweenTries, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } running) await running.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        _scheduler ??= await schedulers.CreateAsync(ct);
        await using (var connection = await database.OpenConnectionAsync(ct))
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            await Schedule.ApplyAsync(_scheduler, transaction, catalog.All, ct);
            await transaction.CommitAsync(ct);
        }
        await _scheduler.Start(ct);
        state.Runs(_scheduler);
    }
}
