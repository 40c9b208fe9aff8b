using System.Diagnostics;
using System.Text.Json;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Association.Platform.Messaging.Workers;

/// <summary>Handles one claimed message to its end: handled, to be retried, dead, or given back.</summary>
internal sealed class MessageProcessor(HandlerRunner runner, MessageStore store, BusObserver observer, IOptions<MessagingOptions> options, ILogger<MessageProcessor> log)
{
    /// <summary>Never throws.</summary>
    /// <param name="stopping">Set when this process gives up its work; what then fails is nobody's failure.</param>
    /// <returns>After which time the queue has something to do again; null when this message is no reason to look.</returns>
    public async Task<TimeSpan?> ProcessAsync(HandlerDefinition handler, Envelope envelope, CancellationToken stopping)
    {
        var queue = MessagingTelemetry.Queue(envelope.Queue);
        using var activity = MessagingTelemetry.Handling(envelope);
        MessagingTelemetry.Began(envelope);
        var started = Stopwatch.GetTimestamp();
        try
        {
            try
            {
                var message = Open(handler, envelope);
                await runner.HandleAsync(handler, [DeliveryOf(envelope, message, activity)], stopping);
                MessagingTelemetry.Handled.Add(1, queue);
                MessagingTelemetry.Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, queue);
                observer.OnHandled(envelope, message);
                return envelope.Group is null ? null : TimeSpan.Zero;
            }
            catch (LeaseLostException e)
            {
                log.LogWarning("{Reason} Nothing of this run was kept", e.Message);
                return null;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                await store.ReleaseAsync([envelope], CancellationToken.None);
                return null;
            }
            catch (Exception e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
                MessagingTelemetry.Failed.Add(1, queue);
                return await FailAsync(handler, envelope, e);
            }
        }
        catch (Exception e)
        {
            log.LogError(e, "The end of message {Message} in {Queue} could not be stored; it is claimed again when its lease runs out", envelope.Id, envelope.Queue);
            return null;
        }
    }

    /// <summary>Handles a page in one transaction.</summary>
    /// <returns>False when one of them failed: nothing was kept, and each is to be handled by itself.</returns>
    public async Task<bool> TryProcessPageAsync(HandlerDefinition handler, IReadOnlyList<Envelope> page, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Delivery[] deliveries = [.. page.Select(e => DeliveryOf(e, Open(handler, e), null))];
            await runner.HandleAsync(handler, deliveries, stopping);
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

    private async Task<TimeSpan?> FailAsync(HandlerDefinition handler, Envelope envelope, Exception exception)
    {
        var attempts = envelope.Attempts + 1;
        var action = exception is UnreadableMessageException ? FailureAction.DeadLetter.Instance : handler.Policy.Decide(exception, attempts);
        switch (action)
        {
            case FailureAction.Retry(var after):
                var wait = after * (options.Value.RetryDelayScale * (1 + (Random.Shared.NextDouble() / 4))); // jitter only lengthens
                log.LogInformation(exception, "Message {Message} in {Queue} failed {Attempts} times; retried in {Wait}", envelope.Id, envelope.Queue, attempts, wait);
                await store.SettleAsync(Settlement.Retry(envelope, wait, exception), CancellationToken.None);
                MessagingTelemetry.Retried.Add(1, MessagingTelemetry.Queue(envelope.Queue));
                return wait;
            case FailureAction.Discard:
                log.LogWarning(exception, "Message {Message} in {Queue} is given up by its handler's policy", envelope.Id, envelope.Queue);
                await store.SettleAsync(Settlement.Discarded(envelope), CancellationToken.None);
                observer.OnHandled(envelope, null);
                break;
            default:
                log.LogError(exception, "Message {Message} in {Queue} failed for good and is a dead letter now", envelope.Id, envelope.Queue);
                if (await store.SettleAsync(Settlement.DeadLetter(envelope, attempts, exception), CancellationToken.None))
                {
                    MessagingTelemetry.DeadLettered.Add(1, MessagingTelemetry.Queue(envelope.Queue));
                    observer.OnDeadLettered(envelope, exception);
                }
                break;
        }
        return envelope.Group is null ? null : TimeSpan.Zero;
    }
}

/// <summary>A stored message that this release cannot make sense of; trying again would not help.</summary>
internal sealed class UnreadableMessageException(string message, Exception? cause = null) : Exception(message, cause);
