using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Association.Platform.Messaging.Delivery;

/// <summary>Takes the messages of one type from Wolverine's queues to the handler of the queue they lie in.</summary>
internal sealed class StoredMessageHandler(Type messageType, IReadOnlyList<HandlerDefinition> handlers, MessageDelivery delivery) : MessageHandler
{
    private readonly Dictionary<Uri, HandlerDefinition> _handlers = handlers.ToDictionary(h => Addresses.Of(h.Queue));

    public override Type MessageType => messageType;

    /// <exception cref="UnreadableMessageException">No handler of this release has the queue.</exception>
    public override Task HandleAsync(MessageContext context, CancellationToken cancellation)
    {
        var envelope = context.Envelope!;
        if (_handlers.TryGetValue(envelope.Destination!, out var handler))
            return delivery.HandleAsync(handler, envelope, cancellation);
        throw new UnreadableMessageException($"No handler of this release has the queue {envelope.Destination!.Host}.");
    }
}
