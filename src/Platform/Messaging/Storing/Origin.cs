using Association.Platform.Data.Users;
using Association.Platform.Messaging.Model;

namespace Association.Platform.Messaging.Storing;

/// <summary>A message on its way into the store.</summary>
/// <param name="Id">The same in every queue.</param>
/// <param name="Name">Its stable name.</param>
/// <param name="Handlers">One row for each.</param>
/// <param name="Delay">How long from now it is not handled.</param>
internal sealed record OutgoingMessage(Guid Id, object Message, string Name, IReadOnlyList<HandlerDefinition> Handlers, TimeSpan Delay);

/// <summary>What the messages that one message (or one invocation) causes share.</summary>
/// <param name="TraceParent">The span under which their handling is shown.</param>
internal sealed record Origin(Guid CorrelationId, Guid? CausationId, Actor Actor, string? TraceParent);

/// <summary>A stored message that is being handled, with what its trail says of it.</summary>
/// <param name="TraceParent">The span that sent it, in the W3C form; null when nobody traced.</param>
/// <param name="DueAt">UTC, by the database's clock: when it was sent.</param>
internal sealed record Received(Guid Id, string Queue, string Name, Guid CorrelationId, Guid? UserId, string? UserName, string? TraceParent, DateTime DueAt)
{
    /// <summary>The product itself works, in the name of the person whose action caused the message.</summary>
    public Actor Actor { get; } = UserName is null ? Actor.System : Actor.System with { Id = UserId is { } id ? new UserId(id) : null, Name = UserName };
}
