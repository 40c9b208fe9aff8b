using System.Collections.Concurrent;
using System.Data;
using Association.Platform.Messaging.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Wolverine;
using Wolverine.Runtime;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// This process as a node of Wolverine. The host joins for as long as it runs, a drain for as long as it waits; the last to leave stops it.
/// Whoever only stores messages needs no node: what nobody owns, the nodes that work find.
/// </summary>
internal sealed class DeliveryNode(
    MessagingModel model,
    NpgsqlDataSource database,
    IServiceProvider services,
    IOptions<MessagingOptions> options,
    ILoggerFactory logs
) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<Envelope, long> _doubtful = new(ReferenceEqualityComparer.Instance); // until when it is left alone
    private ServiceProvider? _container;
    private NodeLife? _life;
    private CancellationTokenSource _stopping = new();
    private volatile IWolverineRuntime? _runtime;
    private int _users;

    /// <summary>A message was handled here, failed, or was given back.</summary>
    public event Action? Settled;

    /// <summary>Set when handlers that still run are to give up: what then fails is nobody's failure.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The running node; null while this process handles nothing.</summary>
    public IWolverineRuntime? Runtime => _runtime;

    /// <summary>Joins the work, and starts it if nobody else has.</summary>
    public async Task JoinAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_users == 0)
                await StartAsync();
            _users++;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Leaves the work; the last one ends it.</summary>
    public async Task LeaveAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (--_users == 0)
                await StopAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
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

    /// <summary>After this time the message belongs to nobody, if it is still stored: whoever has it at work ends it, whoever has not leaves it to the others.</summary>
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

    /// <summary>A message came to its end in this process.</summary>
    public void OnSettled() => Settled?.Invoke();

    public async ValueTask DisposeAsync()
    {
        if (_runtime is not null)
            await StopAsync(CancellationToken.None);
        _gate.Dispose();
        _stopping.Dispose();
    }

    private static bool IsLatched(IWolverineRuntime runtime, string queue) => runtime.Endpoints.GetOrBuildSendingAgent(Addresses.Of(queue)).Latched;

    // A container of its own: Wolverine brings a hundred registrations, and our handlers come from ours.
    private async Task StartAsync()
    {
        var delivery = services.GetRequiredService<MessageDelivery>();
        var container = new ServiceCollection();
        container.AddSingleton(logs);
        container.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        Guid id = default;
        container.AddWolverine(
            ExtensionDiscovery.ManualOnly,
            wolverine =>
            {
                DeliverySetup.Configure(wolverine, model, database, delivery, options.Value);
                id = wolverine.UniqueNodeId;
            }
        );
        _container = container.BuildServiceProvider();
        _stopping = new CancellationTokenSource();
        _life = await NodeLife.BeginAsync(id, database, logs.CreateLogger<NodeLife>());
        var runtime = _container.GetRequiredService<IWolverineRuntime>();
        await ((IHostedService)runtime).StartAsync(CancellationToken.None);
        _runtime = runtime;
    }

    private async Task StopAsync(CancellationToken ct)
    {
        var runtime = _runtime!;
        _runtime = null; // from now on whatever is stored belongs to nobody
        _stopping.CancelAfter(options.Value.ShutdownGrace);
        // A handler that never ends does not hold the process for longer than the host allows: it dies with it, as after a kill.
        await ((IHostedService)runtime).StopAsync(ct).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _life!.DisposeAsync();
        await _container!.DisposeAsync();
        _container = null;
    }
}
