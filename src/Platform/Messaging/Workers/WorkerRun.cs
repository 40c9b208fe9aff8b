using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Microsoft.Extensions.Logging;

namespace Association.Platform.Messaging.Workers;

/// <summary>All queues at work, from a start to a stop, with the poll that guarantees delivery.</summary>
internal sealed class WorkerRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _claiming = new();
    private readonly CancellationTokenSource _handling = new();
    private readonly WakeUp _wakeUp;
    private readonly WorkerTools _tools;
    private readonly Dictionary<string, QueueWorker> _workers;
    private readonly List<Task> _work;

    public WorkerRun(MessagingModel model, WakeUp wakeUp, WorkerTools tools)
    {
        _wakeUp = wakeUp;
        _tools = tools;
        _workers = model.Handlers.Where(h => h.IsQueued).ToDictionary(h => h.Queue, h => new QueueWorker(h, tools), StringComparer.Ordinal);
        wakeUp.Announced += Wake;
        _work = [.. _workers.Values.Select(w => w.RunAsync(_claiming.Token, _handling.Token)), PollAsync(_claiming.Token)];
    }

    public void Wake(string queue)
    {
        if (_workers.TryGetValue(queue, out var worker)) worker.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        _wakeUp.Announced -= Wake;
        await _claiming.CancelAsync();
        _handling.CancelAfter(_tools.Options.ShutdownGrace);
        await Task.WhenAll(_work);
        _claiming.Dispose();
        _handling.Dispose();
    }

    private async Task PollAsync(CancellationToken ct)
    {
        var wait = _tools.Options.PollInterval;
        do
        {
            try
            {
                var (ready, nextDue) = await _tools.Store.LookAsync(_workers.Keys, ct);
                foreach (var queue in ready) Wake(queue);
                wait = nextDue < _tools.Options.PollInterval ? nextDue.Value : _tools.Options.PollInterval;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                _tools.Log.LogWarning(e, "Looking for messages failed; tried again in {Wait}", wait);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (await SleepAsync(wait, ct));
    }

    /// <summary>Whether to go on.</summary>
    private static async Task<bool> SleepAsync(TimeSpan time, CancellationToken ct)
    {
        try
        {
            await Task.Delay(time, ct);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
