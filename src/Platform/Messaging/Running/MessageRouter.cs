using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;

namespace Association.Platform.Messaging.Running;

/// <summary>Knows which queues a message goes to.</summary>
internal sealed class MessageRouter(MessagingModel model, TimeProvider clock)
{
    /// <summary>A message for all its handlers; perhaps none.</summary>
    /// <exception cref="InvalidOperationException">It cannot be stored: a query, or a message without a stable name.</exception>
    public OutgoingMessage Route(object message)
    {
        var (content, delay) = message is ScheduledMessage scheduled ? (scheduled.Message, scheduled.When - clock.GetUtcNow()) : (message, TimeSpan.Zero);
        var handlers = model.HandlersOf(content.GetType());
        if (handlers is [])
            return new OutgoingMessage(Guid.CreateVersion7(), content, "", [], TimeSpan.Zero);
        var type = handlers[0].Message;
        if (type.Kind == MessageKind.Query)
            throw new InvalidOperationException($"{type.Type.Name} is a query; ask it with QueryAsync.");
        var name = type.StableName ?? throw new InvalidOperationException($"{type.Type.Name} lacks [MessageName]; without a stable name it cannot be stored.");
        return new OutgoingMessage(Guid.CreateVersion7(), content, name, handlers, Clamp(delay, type));
    }

    // The past is now. A time that no person can mean is refused where it was given, not discovered years later.
    private static TimeSpan Clamp(TimeSpan delay, MessageType type) =>
        delay <= TimeSpan.Zero ? TimeSpan.Zero
        : delay <= TimeSpan.FromDays(36_525) ? delay
        : throw new InvalidOperationException($"{type.Name} is scheduled in more than a hundred years.");
}
