using System.Collections.Concurrent;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Messaging;

/// <summary>For tests: what happened between an action and the moment when everything it caused had settled.</summary>
/// <remarks>Lists what this process saw; <see cref="Report"/> also knows what other processes handled.</remarks>
public sealed class TrackedSession
{
    private readonly ConcurrentQueue<TrackedMessage> _sent = new();
    private readonly ConcurrentQueue<TrackedMessage> _handled = new();

    private TrackedSession() { }

    /// <summary>Stored messages, in the order of their commits.</summary>
    public IReadOnlyList<TrackedMessage> Sent => [.. _sent];

    /// <summary>Handled messages, one entry a queue.</summary>
    public IReadOnlyList<TrackedMessage> Handled => [.. _handled];

    /// <summary>The end of everything, as the database has it.</summary>
    public DrainReport Report { get; private set; } = new([], [], []);

    /// <summary>The messages of one type that were sent.</summary>
    public IReadOnlyList<T> SentOf<T>() => [.. Sent.Select(m => m.Message).OfType<T>()];

    /// <summary>Invokes a command and waits until everything it caused has settled.</summary>
    /// <param name="scope">The services of the scope whose actor invokes.</param>
    public static Task<TrackedSession> InvokeAndWaitAsync(IServiceProvider scope, object command, CancellationToken ct = default) =>
        TrackAsync(scope, bus => bus.InvokeAsync(command, ct), ct);

    /// <summary>Lets something act on the scope's bus and waits until everything it caused has settled.</summary>
    public static async Task<TrackedSession> TrackAsync(IServiceProvider scope, Func<IMessageBus, Task> act, CancellationToken ct = default)
    {
        var session = new TrackedSession();
        var correlation = scope.GetRequiredService<BusScope>().CorrelationId;
        var observer = scope.GetRequiredService<BusObserver>();
        observer.Sent += Sent;
        observer.Handled += Handled;
        try
        {
            await act(scope.GetRequiredService<IMessageBus>());
            session.Report = await scope.GetRequiredService<IMessageDrain>().DrainAsync(ct);
            return session;
        }
        finally
        {
            observer.Sent -= Sent;
            observer.Handled -= Handled;
        }

        void Sent(Origin origin, OutgoingMessage message)
        {
            if (origin.CorrelationId == correlation)
                session._sent.Enqueue(new TrackedMessage(message.Id, message.Message, null));
        }

        void Handled(Received received, object message)
        {
            if (received.CorrelationId == correlation)
                session._handled.Enqueue(new TrackedMessage(received.Id, message, received.Queue));
        }
    }
}

/// <summary>One message of a tracked session.</summary>
/// <param name="Id">The same in every queue.</param>
/// <param name="Message">Itself.</param>
/// <param name="Queue">Null of a sent message, which may go to several queues.</param>
public sealed record TrackedMessage(Guid Id, object Message, string? Queue);
