using Association.Office.Operation.Jobs.Runs;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Hangfire.Common;
using Hangfire.Server;
using Npgsql;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>What Hangfire runs: it stores the messages of the runs that are due and nothing else.</summary>
/// <remarks>The stored schedule names this class and its method.</remarks>
internal sealed class Firing(JobCatalog catalog, RunReader runs, IServiceScopeFactory scopes, ILogger<Firing> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Fires a job.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="context">
    /// Knows when the job was found due. A firing that is taken over from a host that died has the same moment, and so the same times and ids.
    /// </param>
    /// <param name="cancellationToken">The host stops; the firing stays in the queue.</param>
    public async Task FireAsync(string job, PerformContext context, CancellationToken cancellationToken)
    {
        var found = new DateTimeOffset(JobHelper.FromTimestamp(context.GetJobParameter<long>("Time")), TimeSpan.Zero);
        // A database that is away for a while must not cost the run; a process that ends meanwhile leaves it to the others.
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await FireDueAsync(job, found, cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                log.LogWarning(e, "Job {Job}, due at {Time:O}, could not be fired; tried again in {Pause}", job, found, pause);
                await Task.Delay(pause, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Job {Job}, due at {Time:O}, could not be fired", job, found);
                throw;
            }
        }
    }

    private async Task FireDueAsync(string job, DateTimeOffset found, CancellationToken ct)
    {
        var declaration = catalog.Find(job) ?? throw new UnknownJobException(job);
        foreach (var time in CronTimes.Of(declaration.Cron).Due(found, await runs.LatestFiredAsync(job, ct), declaration.Late))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new FireJob(job, time), ct);
        }
    }
}
