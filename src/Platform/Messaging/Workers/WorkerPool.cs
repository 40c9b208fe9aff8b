using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Association.Platform.Messaging.Workers;

/// <summary>The workers of this process. Started by the host for as long as it runs, and by a drain for as long as it waits; the last to leave stops them.</summary>
internal sealed class WorkerPool(
    MessagingModel model, NpgsqlDataSource database, MessageStore store, MessageProcessor processor, WakeUp wakeUp, IOptions<MessagingOptions> options, ILogger<WorkerPool> log) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private int _users;
    private WorkerRun? _run;

    /// <summary>A message was handled here, failed, or was given back.</summary>
    public event Action? Settled;

    public async Task JoinAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_users++ == 0) _run = Start();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task LeaveAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (--_users > 0) return;
            await _run!.DisposeAsync();
            _run = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A queue may have something to do; an unknown or idle one is ignored.</summary>
    public void Wake(string queue) => _run?.Wake(queue);

    public void Dispose() => _gate.Dispose();

    private WorkerRun Start() =>
        new(model, wakeUp, new WorkerTools(database, store, processor, new SemaphoreSlim(options.Value.MaxConcurrentHandlers), options.Value, () => Settled?.Invoke(), log));
}
