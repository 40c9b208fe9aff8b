using Association.Platform.Messaging.Storing;

namespace Association.Platform.Messaging.Running;

/// <summary>Counts what is sent, and tells a tracked session what happens in this process.</summary>
internal sealed class BusObserver
{
    public event Action<Origin, OutgoingMessage>? Sent;

    public event Action<Received, object>? Handled;

    /// <summary>Committed.</summary>
    public void OnSent(Origin origin, IReadOnlyCollection<OutgoingMessage> messages)
    {
        foreach (var message in messages)
        {
            MessagingTelemetry.Published.Add(message.Handlers.Count, new KeyValuePair<string, object?>("messaging.message.name", message.Name));
            Sent?.Invoke(origin, message);
        }
    }

    /// <summary>Handled and committed.</summary>
    public void OnHandled(Received received, object message) => Handled?.Invoke(received, message);
}
