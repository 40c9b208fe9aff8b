using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Wolverine;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// What a bus cannot promise: that the effects of a message happen once, whoever delivers it how often. The transaction of the handler first ends
/// the message's trail, which only one can; a process that was frozen, a node that was taken for dead, a message that came twice finds it ended.
/// </summary>
internal sealed class MessageDelivery(
    HandlerRunner runner,
    DeliveryNode node,
    OwnQueues queues,
    TrailKeeper trails,
    NpgsqlDataSource database,
    BusObserver observer,
    IOptions<MessagingOptions> options,
    ILogger<MessageDelivery> log
) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrentHandlers); // each holds a connection
    private readonly ConcurrentDictionary<Envelope, Handling> _running = new(ReferenceEqualityComparer.Instance);

    /// <summary>Handles a message of this node once. It returns when there is nothing more to do about it here; an exception is its failure.</summary>
    public async Task HandleAsync(HandlerDefinition handler, Envelope envelope, CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, node.Stopping);
        try
        {
            await _slots.WaitAsync(ends.Token);
            try
            {
                await HandleOnceAsync(handler, envelope, ends.Token);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (Exception) when (ends.IsCancellationRequested)
        {
            await trails.GiveBackAsync(envelope.Id, handler.Queue);
        }
        envelope.Status = EnvelopeStatus.Handled; // Wolverine has nothing to note: the transaction did, or another node will
        node.OnSettled();
    }

    /// <summary>
    /// Lets go the messages of handlers that were silent for too long, so that the database ended their transaction: whatever they do now is for nothing,
    /// and another may begin.
    /// </summary>
    public async Task ReleaseSilentAsync(CancellationToken ct)
    {
        var silent = _running.Where(r => Stopwatch.GetElapsedTime(r.Value.Begun) > options.Value.HandlerSilence).ToList();
        if (silent.Count == 0)
            return;
        var alive = await trails.AliveAsync([.. silent.Select(r => r.Value.Session)], ct);
        foreach (var (envelope, handling) in silent.Where(r => !alive.Contains(r.Value.Session)))
        {
            if (!_running.TryRemove(envelope, out _))
                continue;
            log.LogWarning("The handling of message {Message} in {Queue} was silent for too long; it is handled again", envelope.Id, handling.Queue);
            envelope.Headers[Addresses.Abandoned] = "1";
            queues.LetGoAfter(envelope, TimeSpan.Zero);
        }
    }

    private async Task HandleOnceAsync(HandlerDefinition handler, Envelope envelope, CancellationToken ct)
    {
        var fresh = envelope.Headers.Remove(Addresses.Fresh);
        for (var losses = 0; ; losses++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                var suspected = !fresh && losses == 0; // also while it waits, and when it began too often
                try
                {
                    suspected = suspected && await trails.CountStartAsync(connection, envelope, handler, ct);
                    _running[envelope] = new Handling(connection.ProcessID, handler.Queue, Stopwatch.GetTimestamp());
                    await TryAsync(connection, handler, envelope, ct);
                    if (suspected)
                        await TrailKeeper.EndSuspicionAsync(connection);
                    return;
                }
                catch (Exception e) when (connection.FullState.HasFlag(ConnectionState.Broken) || connection.State != ConnectionState.Open)
                {
                    throw new LostConnectionException(e); // its locks went with it
                }
                catch (Exception) when (suspected)
                {
                    await TrailKeeper.EndSuspicionAsync(connection);
                    throw;
                }
            }
            catch (Exception e) when (IsAbandoned(envelope))
            {
                log.LogDebug(e, "A handler that was silent for too long came to its end");
                return;
            }
            catch (Exception e) when (IsLost(e) && losses + 1 < options.Value.MaxInterruptions && !ct.IsCancellationRequested)
            {
                log.LogWarning(e, "The connection was lost while message {Message} in {Queue} was handled; it is handled again", envelope.Id, handler.Queue);
                await trails.UntilReachableAsync(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                var failure =
                    e is LostConnectionException
                        ? new UnreadableMessageException($"Its handling was interrupted {losses + 1} times by a lost connection.", e)
                        : e;
                MessagingTelemetry.Failed.Add(1, MessagingTelemetry.Queue(handler.Queue));
                await trails.NoteFailureAsync(envelope.Id, handler.Queue, failure);
                node.OnSettled();
                if (!ReferenceEquals(failure, e))
                    throw failure;
                if (FailureText.CanBeStored(failure))
                    throw;
                throw new UntellableFailureException(failure.GetType(), FailureText.Short(failure));
            }
            finally
            {
                _running.TryRemove(envelope, out _);
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task TryAsync(NpgsqlConnection connection, HandlerDefinition handler, Envelope envelope, CancellationToken ct)
    {
        await using var unit = await UnitOfWork.BeginAsync(connection, IsolationLevel.ReadCommitted, ct);
        if (await trails.EndAsync(unit, envelope, handler, ct) is not { } received)
            return;
        var queue = MessagingTelemetry.Queue(handler.Queue);
        using var activity = MessagingTelemetry.Handling(received, envelope.Attempts);
        MessagingTelemetry.Began(received);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await runner.HandleAsync(unit, handler, envelope.Message!, received, activity?.Id, ct);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
        MessagingTelemetry.Handled.Add(1, queue);
        MessagingTelemetry.Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, queue);
        observer.OnHandled(received, envelope.Message!);
    }

    // Its connection was open and is forgotten: another has the message.
    private static bool IsAbandoned(Envelope envelope) => envelope.Headers.Remove(Addresses.Abandoned);

    private static bool IsLost(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is LostConnectionException or NpgsqlException { IsTransient: true })
                return true;
        return false;
    }

    private readonly record struct Handling(int Session, string Queue, long Begun);

    private sealed class LostConnectionException(Exception cause) : Exception("The connection was lost.", cause);

    // Wolverine keeps what an exception says: one whose text the database refuses would never come to its end.
    private sealed class UntellableFailureException(Type type, string text) : Exception($"{type.FullName}: {text}");
}
