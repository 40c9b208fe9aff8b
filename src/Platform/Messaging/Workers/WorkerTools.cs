using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Messaging.Workers;

/// <summary>What the queue workers of one running pool share.</summary>
internal sealed record WorkerTools(NpgsqlDataSource Database, MessageStore Store, MessageProcessor Processor, SemaphoreSlim Slots, MessagingOptions Options, Action Settled, ILogger Log);
