using System.Collections.Concurrent;
using System.Data;
using Microsoft.Extensions.Options;
using Npgsql;
using Wolverine;
using Wolverine.Runtime;

namespace Association.Platform.Messaging.Storing;

/// <summary>The queues of this process while it works as a node: they are given what was stored for them once it is committed.</summary>
internal sealed class OwnQueues(NpgsqlDataSource database, IOptions<MessagingOptions> options)
{
    private readonly ConcurrentDictionary<Envelope, long> _doubtful = new(ReferenceEqualityComparer.Instance); // until when it is left alone
    private volatile IWolverineRuntime? _runtime;

    /// <summary>The running node; null while this process handles nothing, and what it stores belongs to nobody.</summary>
    public IWolverineRuntime? Runtime
    {
        get => _runtime;
        set => _runtime = value;
    }

    /// <summary>Under which node a new message for this queue is stored: this one's number when it will handle it itself, else 0.</summary>
    public int OwnerOf(string queue) => _runtime is { } runtime && !IsLatched(runtime, queue) ? runtime.DurabilitySettings.AssignedNodeNumber : 0;

    /// <summary>
    /// Commits and hands this node's messages to its queues; also when the connection broke before the answer came. Perhaps they were committed: then they are
    /// this node's, and nobody else would ever take them. Whoever begins one that is not stored, finds that out; and as the server may commit even later
    /// than that, they are let go after a while.
    /// </summary>
    /// <param name="connection">On which it is committed.</param>
    /// <param name="own">Complete at the latest when <paramref name="commit"/> ends.</param>
    /// <param name="commit">Not to be cancelled: nobody would know how it ended.</param>
    public async Task CommitAsync(NpgsqlConnection connection, IReadOnlyCollection<Envelope> own, Func<Task> commit)
    {
        try
        {
            await commit();
        }
        catch (Exception) when (connection.State != ConnectionState.Open)
        {
            await EnqueueAsync(own);
            foreach (var envelope in own)
                LetGoAfter(envelope, options.Value.HandlerSilence);
            throw;
        }
        await EnqueueAsync(own);
    }

    /// <summary>
    /// After this time the message belongs to nobody, if it is still stored: whoever has it at work ends it, whoever has not leaves it to the others.
    /// </summary>
    public void LetGoAfter(Envelope envelope, TimeSpan wait) => _doubtful[envelope] = Environment.TickCount64 + (long)wait.TotalMilliseconds;

    /// <summary>Lets go what is due; what the database does not take now, stays due.</summary>
    public async Task LetGoAsync(CancellationToken ct)
    {
        foreach (var (envelope, due) in _doubtful)
        {
            if (due > Environment.TickCount64)
                continue;
            await using var release = database.CreateCommand(
                "update messaging.wolverine_incoming_envelopes set owner_id = 0 where id = $1 and received_at = $2 and status = 'Incoming'"
            );
            release.Parameters.Add(new() { Value = envelope.Id });
            release.Parameters.Add(new() { Value = envelope.Destination!.ToString() });
            await release.ExecuteNonQueryAsync(ct);
            _doubtful.TryRemove(envelope, out _);
        }
    }

    /// <summary>Hands messages of this node to its queues.</summary>
    private async Task EnqueueAsync(IReadOnlyCollection<Envelope> envelopes)
    {
        if (envelopes.Count == 0)
            return;
        if (_runtime is not { } runtime)
            return; // it stopped meanwhile; a stopped node's messages belong to nobody, so another takes them
        foreach (var queue in envelopes.GroupBy(e => e.Destination!))
        foreach (var envelope in queue)
            await runtime.Endpoints.GetOrBuildSendingAgent(queue.Key).EnqueueOutgoingAsync(envelope);
    }

    private static bool IsLatched(IWolverineRuntime runtime, string queue) => runtime.Endpoints.GetOrBuildSendingAgent(Addresses.Of(queue)).Latched;
}
