using System.Diagnostics.Metrics;
using Association.Platform.Messaging.Running;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Association.Platform.Messaging.Operation;

/// <summary>What waits, as figures. The database is asked only when somebody reads them; every host reports the same.</summary>
internal sealed class BacklogGauges(MessageBacklog backlog) : IHostedService, IDisposable
{
    private readonly Meter _meter = new(MessagingTelemetry.Name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge("messaging.waiting", () => Read(q => q.Waiting), "{message}", "Due and not done, by queue.");
        _meter.CreateObservableGauge(
            "messaging.waiting.oldest",
            () => Read(q => q.Oldest?.TotalSeconds ?? 0),
            "s",
            "For how long the oldest of them has been due, by queue."
        );
        _meter.CreateObservableGauge(
            "messaging.dead_letters",
            () => Read(q => q.DeadLetters),
            "{message}",
            "Failed for good and neither replayed nor discarded, by queue."
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Read<T>(Func<QueueBacklog, T> figure)
        where T : struct
    {
        try
        {
            return [.. backlog.Read().Select(q => new Measurement<T>(figure(q), MessagingTelemetry.Queue(q.Queue)))];
        }
        catch (NpgsqlException)
        {
            return []; // a figure that is missing says enough; the health check says why
        }
    }
}
