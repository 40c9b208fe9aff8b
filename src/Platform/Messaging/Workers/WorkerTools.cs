using System.Collections.Concurrent;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Association.Platform.Messaging.Workers;

/// <summary>What the queue workers of one running pool share.</summary>
internal sealed record WorkerTools(
    MessageStore Store, MessageProcessor Processor, InFlight InFlight, SemaphoreSlim Slots, MessagingOptions Options, Action Settled, ILogger Log);

/// <summary>The messages that this process has claimed and not finished; their leases are renewed.</summary>
internal sealed class InFlight
{
    private readonly ConcurrentDictionary<(Guid, string), Envelope> _envelopes = new();

    public void Add(Envelope envelope) => _envelopes[(envelope.Id, envelope.Queue)] = envelope;

    // Only this very claim: the same message may have been claimed again meanwhile.
    public void Remove(Envelope envelope) => _envelopes.TryRemove(new KeyValuePair<(Guid, string), Envelope>((envelope.Id, envelope.Queue), envelope));

    public IReadOnlyCollection<Envelope> All => [.. _envelopes.Values];
}
