using System.Diagnostics;
using System.Threading.Channels;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Association.Platform.Messaging.Workers;

/// <summary>Works on one queue: one feeder claims pages, a few lanes handle them.</summary>
internal sealed class QueueWorker(HandlerDefinition handler, WorkerTools tools)
{
    private readonly Channel<Envelope> _claimed = Channel.CreateUnbounded<Envelope>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly Signal _look = new();
    private readonly PageSize _page = new(handler.Policy.Parallelism ?? tools.Options.Parallelism, tools.Options.PageSize);
    private readonly int _parallelism = handler.Policy.IsStrictlyOrdered ? 1 : handler.Policy.Parallelism ?? tools.Options.Parallelism;
    private int _waiting;
    private volatile bool _more; // the last claim was full: look again when the lanes have caught up

    /// <summary>There may be something to claim.</summary>
    public void Wake() => _look.Set();

    /// <param name="claiming">Ends the claiming; what was claimed and not begun is given back.</param>
    /// <param name="handling">Ends the handlers that still run.</param>
    public async Task RunAsync(CancellationToken claiming, CancellationToken handling)
    {
        Task[] lanes = [.. Enumerable.Range(0, _parallelism).Select(_ => Task.Run(() => LaneAsync(claiming, handling), CancellationToken.None))];
        await FeedAsync(claiming);
        await Task.WhenAll(lanes);
        var unbegun = new List<Envelope>();
        while (_claimed.Reader.TryRead(out var envelope)) unbegun.Add(envelope);
        await GiveBackAsync(unbegun);
    }

    private async Task FeedAsync(CancellationToken claiming)
    {
        var afterGroup = "";
        while (!claiming.IsCancellationRequested)
        {
            try
            {
                await _look.WaitAsync(claiming);
                var full = true;
                while (full && Volatile.Read(ref _waiting) <= _page.Size / 2)
                {
                    var limit = _page.Size;
                    // A claim that was begun is finished: cancelling it could leave rows leased to nobody until the lease runs out.
                    var page = await tools.Store.ClaimAsync(handler.Queue, limit, tools.Options.Lease, afterGroup, CancellationToken.None);
                    Interlocked.Add(ref _waiting, page.Count);
                    foreach (var envelope in page)
                    {
                        tools.InFlight.Add(envelope);
                        _claimed.Writer.TryWrite(envelope);
                    }
                    var skipped = afterGroup != "";
                    _more = full = page.Count >= limit || skipped;
                    afterGroup = page.Count >= limit ? page.LastOrDefault(e => e.Group is not null)?.Group ?? "" : "";
                    if (claiming.IsCancellationRequested) break;
                }
            }
            catch (OperationCanceledException) when (claiming.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                tools.Log.LogWarning(e, "Claiming from {Queue} failed; tried again at the next poll", handler.Queue);
            }
        }
    }

    private async Task LaneAsync(CancellationToken claiming, CancellationToken handling)
    {
        var page = new List<Envelope>();
        try
        {
            while (true)
            {
                page.Clear();
                page.Add(await _claimed.Reader.ReadAsync(claiming));
                while (handler.Policy.HandlesPages && page.Count < tools.Options.PageSize && _claimed.Reader.TryRead(out var more)) page.Add(more);
                if (Interlocked.Add(ref _waiting, -page.Count) <= _page.Size / 2 && _more) _look.Set();
                await tools.Slots.WaitAsync(claiming);
                try
                {
                    await WorkAsync(page, claiming, handling);
                }
                finally
                {
                    tools.Slots.Release();
                }
            }
        }
        catch (OperationCanceledException) when (claiming.IsCancellationRequested)
        {
            await GiveBackAsync(page); // the process stops, or its drain is done; what of it was begun has its end already
        }
    }

    private async Task WorkAsync(List<Envelope> page, CancellationToken claiming, CancellationToken handling)
    {
        foreach (var part in page.GroupBy(e => e.Actor).Select(g => g.ToList())) // one transaction has one acting user
        {
            var started = Stopwatch.GetTimestamp();
            if (part.Count > 1 && await tools.Processor.TryProcessPageAsync(handler, part, handling))
            {
                _page.Learn(Stopwatch.GetElapsedTime(started) / part.Count);
                foreach (var envelope in part) Finish(envelope, envelope.Group is null ? null : TimeSpan.Zero, claiming);
                continue;
            }
            foreach (var envelope in part)
            {
                started = Stopwatch.GetTimestamp();
                var again = await tools.Processor.ProcessAsync(handler, envelope, handling);
                _page.Learn(Stopwatch.GetElapsedTime(started));
                Finish(envelope, again, claiming);
            }
        }
        page.Clear();
        tools.Settled();
    }

    private void Finish(Envelope envelope, TimeSpan? again, CancellationToken claiming)
    {
        tools.InFlight.Remove(envelope);
        if (again == TimeSpan.Zero) _look.Set();
        else if (again is { } wait) WakeAfter(wait, claiming);
    }

    // A short pause is kept by the worker itself; longer ones are found by the poll.
    private void WakeAfter(TimeSpan wait, CancellationToken claiming)
    {
        if (wait < tools.Options.PollInterval) _ = Task.Delay(wait, claiming).ContinueWith(_ => Wake(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

    private async Task GiveBackAsync(List<Envelope> envelopes)
    {
        try
        {
            await tools.Store.ReleaseAsync(envelopes, CancellationToken.None);
        }
        catch (Exception e)
        {
            tools.Log.LogWarning(e, "{Count} messages of {Queue} could not be given back; they are claimed again when their lease runs out", envelopes.Count, handler.Queue);
        }
        foreach (var envelope in envelopes) tools.InFlight.Remove(envelope);
    }
}
