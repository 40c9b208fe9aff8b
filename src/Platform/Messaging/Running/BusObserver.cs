using Association.Platform.Messaging.Storage;

namespace Association.Platform.Messaging.Running;

/// <summary>Counts what is sent, and tells a tracked session what happens in this process.</summary>
internal sealed class BusObserver
{
    public event Action<Origin, OutgoingMessage>? Sent;

    public event Action<Envelope, object?>? Handled;

    public event Action<Envelope, Exception>? DeadLettered;

    /// <summary>Committed.</summary>
    public void OnSent(Origin origin, IReadOnlyCollection<OutgoingMessage> messages)
    {
        foreach (var message in messages)
        {
            MessagingTelemetry.Published.Add(message.Handlers.Count, new KeyValuePair<string, object?>("messaging.message.name", message.Name));
            Sent?.Invoke(origin, message);
        }
    }

    /// <summary>Handled, or (without message) discarded by policy.</summary>
    public void OnHandled(Envelope envelope, object? message) => Handled?.Invoke(envelope, message);

    public void OnDeadLettered(Envelope envelope, Exception exception) => DeadLettered?.Invoke(envelope, exception);
}
