using System.Diagnostics;
using System.Diagnostics.Metrics;
using Association.Platform.Messaging.Storing;

namespace Association.Platform.Messaging.Running;

/// <summary>Traces and figures of the bus; whoever exports them subscribes to <see cref="Name"/>.</summary>
/// <remarks>
/// A stored message carries the span that sent it, so that page, command, handlers and what they cause in turn are one trace, whichever
/// process does the work. No span and no figure holds more of a message than its name, its ids and its queue.
/// </remarks>
public static class MessagingTelemetry
{
    /// <summary>Of the <see cref="ActivitySource"/> and of the <see cref="Meter"/>.</summary>
    public const string Name = "Association.Messaging";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "messaging.published",
        "{message}",
        "Rows stored: one for a message and a queue."
    );
    internal static readonly Counter<long> Handled = Meter.CreateCounter<long>("messaging.handled", "{message}");
    internal static readonly Counter<long> Failed = Meter.CreateCounter<long>(
        "messaging.failed",
        "{attempt}",
        "Failed attempts, including those that are retried."
    );
    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("messaging.handling.duration", "s");
    internal static readonly Histogram<double> Waited = Meter.CreateHistogram<double>(
        "messaging.waiting.duration",
        "s",
        "From the moment a message was sent, scheduled or postponed for, to the start of its handler."
    );

    /// <summary>The label by which the figures of the queues are told apart.</summary>
    internal static KeyValuePair<string, object?> Queue(string queue) => new("messaging.queue", queue);

    /// <summary>Begins a span of whoever calls the bus; null when nobody listens.</summary>
    internal static Activity? Calling(string what, string name, ActivityKind kind) =>
        Source.HasListeners() ? Source.StartActivity($"{what} {name}", kind) : null;

    /// <summary>Begins the span of a message's handling, below the one that sent it; null when nobody listens.</summary>
    internal static Activity? Handling(Received message, int attempt)
    {
        Activity.Current = null; // a worker may have been started inside a request, to whose trace this message does not belong
        if (!Source.HasListeners())
            return null;
        return Source
            .StartActivity($"handle {message.Name}", ActivityKind.Consumer, message.TraceParent)
            ?.SetTag("messaging.message.id", message.Id)
            .SetTag("messaging.message.conversation_id", message.CorrelationId)
            .SetTag("messaging.destination.name", message.Queue)
            .SetTag("messaging.attempt", attempt);
    }

    /// <summary>Notes how long a message waited for its handler, which begins now.</summary>
    internal static void Began(Received message)
    {
        if (!Waited.Enabled)
            return;
        var waited = TimeProvider.System.GetUtcNow().UtcDateTime - message.DueAt; // two machines' clocks: never less than nothing
        Waited.Record(Math.Max(0, waited.TotalSeconds), Queue(message.Queue));
    }
}
