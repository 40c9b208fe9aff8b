using System.Data;
using System.Diagnostics;
using System.Text.Json;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Association.Platform.Messaging.Workers;

/// <summary>
/// Takes the next messages of a queue to their end, in one transaction: claim, handle, finish, commit. Whatever ends it before, the
/// claim ends with it and the messages are there for the next worker, on whichever host.
/// </summary>
internal sealed class MessageProcessor(HandlerRunner runner, NpgsqlDataSource database, BusObserver observer, IOptions<MessagingOptions> options, ILogger<MessageProcessor> log)
{
    /// <summary>Works on the next message, or on the next page of them.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="claimed">Told how many were claimed, before they are handled.</param>
    /// <param name="stopping">Set when this process gives up its work; what then fails is nobody's failure.</param>
    public async Task<Turn> WorkAsync(NpgsqlConnection connection, HandlerDefinition handler, int limit, QueuePosition position, Action<int> claimed, CancellationToken stopping)
    {
        await using var unit = await UnitOfWork.BeginAsync(connection, stopping);
        var page = await ClaimAsync(unit, handler.Queue, limit, position);
        if (page.Count == 0) return Turn.Idle;
        claimed(page.Count);
        if (page.Where(e => e.Torn).ToList() is { Count: > 0 } torn)
        {
            foreach (var envelope in torn) log.LogWarning("The handling of message {Message} in {Queue} broke off; it is handled again", envelope.Id, envelope.Queue);
            await unit.CommitAsync(Settlement.Interrupted(torn, options.Value.RetryDelayScale), CancellationToken.None);
            return Turn.OneByOne(page.Count);
        }
        if (page is [var only]) return await WorkAsync(unit, handler, only, stopping);
        return page.All(e => e.Interruptions == 0) && await TryWorkAsync(unit, handler, page, stopping) ? Turn.Done : await GiveBackAsync(unit, page.Count);
    }

    private async Task<List<Envelope>> ClaimAsync(UnitOfWork unit, string queue, int limit, QueuePosition position)
    {
        // Not cancelled: it is short, and a claim of which nobody knows would look torn.
        while (true)
        {
            var from = position.Current;
            var page = await MessageStore.ClaimAsync(unit.Connection, unit.Transaction, queue, limit, from, options.Value.HandlerSilence, CancellationToken.None);
            if (page.Count == 0 && position.Restart(from)) continue;
            position.Advance(page);
            return page;
        }
    }

    private async Task<Turn> WorkAsync(UnitOfWork unit, HandlerDefinition handler, Envelope envelope, CancellationToken stopping)
    {
        var queue = MessagingTelemetry.Queue(envelope.Queue);
        using var activity = MessagingTelemetry.Handling(envelope);
        MessagingTelemetry.Began(envelope);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var message = Open(handler, envelope);
            await runner.HandleAsync(unit, handler, [DeliveryOf(envelope, message, activity)], stopping);
            MessagingTelemetry.Handled.Add(1, queue);
            MessagingTelemetry.Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, queue);
            observer.OnHandled(envelope, message);
            return Turn.Done;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return await GiveBackAsync(unit, 1);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            MessagingTelemetry.Failed.Add(1, queue);
            return await FailAsync(unit, handler, envelope, e);
        }
    }

    /// <returns>False when one of them failed: nothing was kept, and each is to be handled by itself.</returns>
    private async Task<bool> TryWorkAsync(UnitOfWork unit, HandlerDefinition handler, List<Envelope> page, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Delivery[] deliveries = [.. page.Select(e => DeliveryOf(e, Open(handler, e), null))];
            await runner.HandleAsync(unit, handler, deliveries, stopping);
            var queue = MessagingTelemetry.Queue(page[0].Queue);
            MessagingTelemetry.Handled.Add(page.Count, queue);
            foreach (var envelope in page) MessagingTelemetry.Began(envelope, Stopwatch.GetElapsedTime(started));
            MessagingTelemetry.Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds / page.Count, queue);
            foreach (var delivery in deliveries) observer.OnHandled(delivery.Received!, delivery.Message);
            return true;
        }
        catch (Exception e)
        {
            log.LogDebug(e, "A page of {Count} messages in {Queue} failed; handled one by one", page.Count, page[0].Queue);
            return false;
        }
    }

    // As if nobody had had them: nothing is kept but the fact that the transaction was not torn.
    private static async Task<Turn> GiveBackAsync(UnitOfWork unit, int count)
    {
        await unit.SettleInsteadAsync(null);
        return Turn.OneByOne(count);
    }

    private static Delivery DeliveryOf(Envelope envelope, object message, Activity? activity) =>
        new(message, new Origin(envelope.CorrelationId, envelope.Id, envelope.Actor, activity?.Id ?? envelope.TraceParent), envelope);

    private object Open(HandlerDefinition handler, Envelope envelope)
    {
        if (envelope.Name != handler.Message.StableName) throw new UnreadableMessageException($"No handler of this queue knows the message '{envelope.Name}'.");
        if (envelope.Interruptions >= options.Value.MaxInterruptions)
            throw new UnreadableMessageException($"Its handling was interrupted {envelope.Interruptions} times without an exception; does it end the process?");
        try
        {
            return MessageJson.Read(envelope.Body, handler.Message.Type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException or OverflowException)
        {
            throw new UnreadableMessageException($"The body of '{envelope.Name}' does not fit this release: {e.Message}", e);
        }
    }

    private async Task<Turn> FailAsync(UnitOfWork unit, HandlerDefinition handler, Envelope envelope, Exception exception)
    {
        var attempts = envelope.Attempts + 1;
        switch (exception is UnreadableMessageException ? FailureAction.DeadLetter.Instance : handler.Policy.Decide(exception, attempts))
        {
            case FailureAction.Retry(var after):
                var wait = after * (options.Value.RetryDelayScale * (1 + (Random.Shared.NextDouble() / 4))); // jitter only lengthens
                if (!await SettleAsync(unit, Settlement.Retry(envelope, wait, exception), envelope, exception)) return Turn.Done;
                MessagingTelemetry.Retried.Add(1, MessagingTelemetry.Queue(envelope.Queue));
                log.LogInformation(exception, "Message {Message} in {Queue} failed {Attempts} times; retried in {Wait}", envelope.Id, envelope.Queue, attempts, wait);
                return Turn.Again(wait);
            case FailureAction.Discard:
                if (!await SettleAsync(unit, Settlement.Discarded(envelope), envelope, exception)) return Turn.Done;
                log.LogWarning(exception, "Message {Message} in {Queue} is given up by its handler's policy", envelope.Id, envelope.Queue);
                observer.OnHandled(envelope, null);
                return Turn.Done;
            default:
                if (!await SettleAsync(unit, Settlement.DeadLetter(envelope, attempts, exception), envelope, exception)) return Turn.Done;
                log.LogError(exception, "Message {Message} in {Queue} failed for good and is a dead letter now", envelope.Id, envelope.Queue);
                MessagingTelemetry.DeadLettered.Add(1, MessagingTelemetry.Queue(envelope.Queue));
                observer.OnDeadLettered(envelope, exception);
                return Turn.Done;
        }
    }

    /// <returns>False when the message was not ours any more; whoever has it decides.</returns>
    private async Task<bool> SettleAsync(UnitOfWork unit, NpgsqlBatchCommand settlement, Envelope envelope, Exception exception)
    {
        if (await unit.SettleInsteadAsync(settlement)) return true;
        if (unit.Connection.State != ConnectionState.Open)
        {
            log.LogWarning(exception, "The connection was lost while message {Message} in {Queue} was handled; it is handled again", envelope.Id, envelope.Queue);
            return false;
        }
        await using var batch = database.CreateBatch(); // the commit itself failed, and the claim ended with it
        batch.BatchCommands.Add(settlement);
        return await batch.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }
}

/// <summary>How a turn of work on a queue ended.</summary>
/// <param name="Found">Whether there was anything.</param>
/// <param name="Wait">After which time the queue has something to do again, besides what it has now; null when nothing is known.</param>
/// <param name="Careful">So many of the next messages are to be handled one by one.</param>
internal readonly record struct Turn(bool Found, TimeSpan? Wait, int Careful)
{
    public static readonly Turn Idle = new(false, null, 0);

    public static readonly Turn Done = new(true, null, 0);

    public static Turn Again(TimeSpan wait) => new(true, wait, 0);

    public static Turn OneByOne(int count) => new(true, null, count);
}

/// <summary>A stored message that this release cannot make sense of; trying again would not help.</summary>
internal sealed class UnreadableMessageException(string message, Exception? cause = null) : Exception(message, cause);
