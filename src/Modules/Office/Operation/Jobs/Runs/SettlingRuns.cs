namespace Association.Office.Operation.Jobs.Runs;

/// <summary>Writes down the ends of runs while this host runs, so that they outlive the memory of the bus.</summary>
internal sealed class SettlingRuns(RunSettlement settlement, ILogger<SettlingRuns> log) : BackgroundService
{
    private static readonly TimeSpan WhileRunsGoOn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var goOn = true;
            try
            {
                goOn = await settlement.SettleAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The ends of runs could not be written down; tried again in {Wait}", Otherwise);
                goOn = false;
            }
            await Task.Delay(goOn ? WhileRunsGoOn : Otherwise, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
