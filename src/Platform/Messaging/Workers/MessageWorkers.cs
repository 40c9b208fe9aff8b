using Association.Platform.Messaging.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Association.Platform.Messaging.Workers;

/// <summary>Handles messages for as long as the host runs.</summary>
internal sealed class MessageWorkers(MessagingModel model, IServiceProviderIsService registered, WorkerPool pool, WakeUpListener listener, Housekeeping housekeeping) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;
    private bool _joined;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        model.EnsureValid(registered);
        await pool.JoinAsync();
        _joined = true;
        _background = Task.WhenAll(listener.RunAsync(_stopping.Token), housekeeping.RunAsync(_stopping.Token));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_joined) return;
        _joined = false;
        await _stopping.CancelAsync();
        await _background;
        // A handler that never ends does not hold the process for longer than the host allows: it dies with it, as after a kill.
        await pool.LeaveAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();
}
