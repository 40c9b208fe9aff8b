namespace Association.Platform.Messaging;

/// <summary>Invokes handlers now, or stores messages for them. Scoped: one bus for a request, a verb or a message being handled.</summary>
public interface IMessageBus
{
    /// <summary>Runs the one handler now, in one transaction, and stores what it cascades; exceptions reach the caller.</summary>
    /// <exception cref="PermissionDeniedException">The actor may not.</exception>
    /// <exception cref="ProblemsException">The handler's <c>Validate</c> (or <c>Handle</c>) found problems; nothing was written.</exception>
    /// <exception cref="ConcurrentEditException">Somebody else changed the record meanwhile.</exception>
    /// <exception cref="AlreadySubmittedException">The <see cref="FormToken"/> was used before.</exception>
    Task InvokeAsync(object message, CancellationToken ct = default);

    /// <summary>Like <see cref="InvokeAsync(object, CancellationToken)"/>; the returned <typeparamref name="T"/> is handed back and not published.</summary>
    Task<T> InvokeAsync<T>(object message, CancellationToken ct = default);

    /// <summary>What the handler's <c>Validate</c> says of the command; nothing is written, whatever it says.</summary>
    /// <exception cref="PermissionDeniedException">The actor may not.</exception>
    Task<IReadOnlyList<Problem>> ProblemsAsync(object command, CancellationToken ct = default);

    /// <summary>The answer to a query.</summary>
    Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default);

    /// <summary>Stores the message for its handlers; inside a handler with its transaction.</summary>
    /// <exception cref="InvalidOperationException">Nobody subscribes.</exception>
    ValueTask SendAsync(object message, CancellationToken ct = default);

    /// <summary>Stores the message for its handlers, if there are any; inside a handler with its transaction.</summary>
    ValueTask PublishAsync(object message, CancellationToken ct = default);

    /// <summary>Stores the message; it is handled no earlier than <paramref name="when"/>.</summary>
    ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default);

    /// <summary>The id that everything carries which this bus and the messages it stores cause.</summary>
    Guid CorrelationId { get; }

    /// <summary>The token of the form that is being submitted; the next invocation uses it up in its transaction.</summary>
    Guid? FormToken { get; set; }
}

/// <summary>Several messages that a handler returns at once; stored in the handler's transaction.</summary>
public sealed class OutgoingMessages : List<object>
{
    /// <summary>Adds a message that is handled no earlier than <paramref name="when"/>.</summary>
    public void Schedule(object message, DateTimeOffset when) => Add(new ScheduledMessage(message, when));
}

/// <summary>A message with the time before which it is not handled.</summary>
public sealed record ScheduledMessage(object Message, DateTimeOffset When);
