using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
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
    OwnQueues queues,
    NpgsqlDataSource database,
    IServiceProvider services,
    IOptions<MessagingOptions> options,
    ILoggerFactory logs
) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private ServiceProvider? _container;
    private NodeLife? _life;
    private CancellationTokenSource _stopping = new();
    private int _users;

    /// <summary>A message was handled here, failed, or was given back.</summary>
    public event Action? Settled;

    /// <summary>Set when handlers that still run are to give up: what then fails is nobody's failure.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The running node; null while this process handles nothing.</summary>
    public IWolverineRuntime? Runtime => queues.Runtime;

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

    /// <summary>A message came to its end in this process.</summary>
    public void OnSettled() => Settled?.Invoke();

    public async ValueTask DisposeAsync()
    {
        if (queues.Runtime is not null)
            await StopAsync(CancellationToken.None);
        _gate.Dispose();
        _stopping.Dispose();
    }

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
        queues.Runtime = runtime;
    }

    private async Task StopAsync(CancellationToken ct)
    {
        var runtime = queues.Runtime!;
        queues.Runtime = null; // from now on whatever is stored belongs to nobody
        _stopping.CancelAfter(options.Value.ShutdownGrace);
        // A handler that never ends does not hold the process for longer than the host allows: it dies with it, as after a kill.
        await ((IHostedService)runtime).StopAsync(ct).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _life!.DisposeAsync();
        await _container!.DisposeAsync();
        _container = null;
    }
}
