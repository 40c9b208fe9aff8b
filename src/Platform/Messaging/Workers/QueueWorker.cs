using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Association.Platform.Messaging.Workers;

/// <summary>Works on one queue: a few lanes, each of which claims and handles until nothing is left.</summary>
internal sealed class QueueWorker(HandlerDefinition handler, WorkerTools tools)
{
    private readonly Signal _look = new();
    private readonly int _lanes = handler.Policy.IsStrictlyOrdered ? 1 : handler.Policy.Parallelism ?? tools.Options.Parallelism;
    private int _careful; // so many of the next messages are claimed one by one, because they failed as a page

    /// <summary>There may be something to claim.</summary>
    public void Wake() => _look.Set();

    /// <param name="claiming">Ends the claiming.</param>
    /// <param name="handling">Ends the handlers that still run.</param>
    public Task RunAsync(CancellationToken claiming, CancellationToken handling) =>
        Task.WhenAll(Enumerable.Range(0, _lanes).Select(_ => Task.Run(() => LaneAsync(claiming, handling), CancellationToken.None)));

    private async Task LaneAsync(CancellationToken claiming, CancellationToken handling)
    {
        var position = new QueuePosition();
        while (true)
        {
            try
            {
                await _look.WaitAsync(claiming);
                while (await TurnAsync(position, claiming, handling)) tools.Settled();
            }
            catch (OperationCanceledException) when (claiming.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                tools.Log.LogWarning(e, "Work on {Queue} broke off; tried again at the next poll", handler.Queue);
            }
        }
    }

    /// <returns>Whether there was something.</returns>
    private async Task<bool> TurnAsync(QueuePosition position, CancellationToken claiming, CancellationToken handling)
    {
        await tools.Slots.WaitAsync(claiming);
        try
        {
            claiming.ThrowIfCancellationRequested();
            var limit = handler.Policy.HandlesPages && Volatile.Read(ref _careful) <= 0 ? tools.Options.PageSize : 1;
            var turn = await tools.Processor.WorkAsync(handler, limit, position, claimed =>
            {
                if (limit == 1 && handler.Policy.HandlesPages) Interlocked.Decrement(ref _careful);
                if (claimed == limit && _lanes > 1) _look.Set(); // there may be more: the next lane looks
            }, handling);
            if (turn.Careful > 1) Interlocked.Exchange(ref _careful, turn.Careful);
            if (turn.Wait is { } wait) WakeAfter(wait, claiming);
            return turn.Found;
        }
        finally
        {
            tools.Slots.Release();
        }
    }

    // A short pause is kept by the worker itself; longer ones are found by the poll.
    private void WakeAfter(TimeSpan wait, CancellationToken claiming)
    {
        if (wait < tools.Options.PollInterval) _ = Task.Delay(wait, claiming).ContinueWith(_ => Wake(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }
}
