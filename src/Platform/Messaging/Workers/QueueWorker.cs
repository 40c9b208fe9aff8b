using System.Data;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Messaging.Workers;

/// <summary>Works on one queue: a few lanes, each of which claims and handles until nothing is left.</summary>
internal sealed class QueueWorker(HandlerDefinition handler, WorkerTools tools)
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private readonly Signal _look = new();
    private readonly QueuePosition _position = new();

    // A lane that handles pages keeps a core busy; one with single messages mostly waits for the disk.
    private readonly int _lanes = handler.Policy.IsStrictlyOrdered ? 1
        : handler.Policy.Parallelism ?? (handler.Policy.HandlesPages ? Math.Min(tools.Options.Parallelism, Environment.ProcessorCount) : tools.Options.Parallelism);

    private int _careful; // so many of the next messages are claimed one by one, because they failed as a page

    /// <summary>There may be something to claim.</summary>
    public void Wake() => _look.Set();

    /// <param name="claiming">Ends the claiming.</param>
    /// <param name="handling">Ends the handlers that still run.</param>
    public Task RunAsync(CancellationToken claiming, CancellationToken handling) =>
        Task.WhenAll(Enumerable.Range(0, _lanes).Select(_ => Task.Run(() => LaneAsync(claiming, handling), CancellationToken.None)));

    private async Task LaneAsync(CancellationToken claiming, CancellationToken handling)
    {
        while (true)
        {
            try
            {
                await _look.WaitAsync(claiming);
                while (await WorkAsync(claiming, handling))
                {
                    // until nothing is left
                }
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

    /// <summary>Takes one turn after the other on one connection, for a short while: other queues wait for their slots.</summary>
    /// <returns>Whether there may be more.</returns>
    private async Task<bool> WorkAsync(CancellationToken claiming, CancellationToken handling)
    {
        await tools.Slots.WaitAsync(claiming);
        try
        {
            await using var connection = await tools.Database.OpenConnectionAsync(claiming);
            var begun = Environment.TickCount64;
            var turn = Turn.Idle;
            do
            {
                claiming.ThrowIfCancellationRequested();
                turn = await TurnAsync(connection, handling);
                if (turn.Careful > 1) Interlocked.Exchange(ref _careful, turn.Careful);
                if (turn.Wait is { } wait) WakeAfter(wait, claiming);
                if (turn.Found) tools.Settled();
            }
            while (turn.Found && connection.State == ConnectionState.Open && Environment.TickCount64 - begun < Slice.TotalMilliseconds);
            return turn.Found;
        }
        finally
        {
            tools.Slots.Release();
        }
    }

    private Task<Turn> TurnAsync(NpgsqlConnection connection, CancellationToken handling)
    {
        var limit = handler.Policy.HandlesPages && Volatile.Read(ref _careful) <= 0 ? tools.Options.PageSize : 1;
        return tools.Processor.WorkAsync(connection, handler, limit, _position, claimed =>
        {
            if (limit == 1 && handler.Policy.HandlesPages) Interlocked.Decrement(ref _careful);
            if (claimed == limit && _lanes > 1) _look.Set(); // there may be more: the next lane looks
        }, handling);
    }

    // A short pause is kept by the worker itself; longer ones are found by the poll.
    private void WakeAfter(TimeSpan wait, CancellationToken claiming)
    {
        if (wait < tools.Options.PollInterval) _ = Task.Delay(wait, claiming).ContinueWith(_ => Wake(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }
}
