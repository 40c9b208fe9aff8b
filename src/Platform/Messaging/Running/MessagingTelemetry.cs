using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Association.Platform.Messaging.Running;

/// <summary>Traces and figures of the bus; whoever exports them subscribes to <see cref="Name"/>.</summary>
public static class MessagingTelemetry
{
    /// <summary>Of the <see cref="ActivitySource"/> and of the <see cref="Meter"/>.</summary>
    public const string Name = "Association.Messaging";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Published = Meter.CreateCounter<long>("messaging.published", "{message}", "Rows stored: one for a message and a queue.");
    internal static readonly Counter<long> Handled = Meter.CreateCounter<long>("messaging.handled", "{message}");
    internal static readonly Counter<long> Failed = Meter.CreateCounter<long>("messaging.failed", "{attempt}", "Failed attempts, including those that are retried.");
    internal static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("messaging.dead_lettered", "{message}");
    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("messaging.handling.duration", "s");
    internal static readonly Histogram<double> Waited = Meter.CreateHistogram<double>("messaging.waiting.duration", "s", "From sending to the start of the handler.");
}
