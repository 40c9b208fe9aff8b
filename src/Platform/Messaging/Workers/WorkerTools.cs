using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Association.Platform.Messaging.Workers;

/// <summary>What the queue workers of one running pool share.</summary>
internal sealed record WorkerTools(MessageStore Store, MessageProcessor Processor, SemaphoreSlim Slots, MessagingOptions Options, Action Settled, ILogger Log);
