using Association.Platform.Data.Users;

namespace Association.Platform.Messaging.Storage;

/// <summary>A message that the running transaction has locked for one queue.</summary>
/// <param name="Place">Where its row lies (<c>ctid</c>); does not change while it is locked.</param>
/// <param name="Torn">Whether the last transaction that had it ended without saying how.</param>
/// <param name="Body">JSON.</param>
/// <param name="Attempts">How often the handler failed before.</param>
/// <param name="Interruptions">How often it was torn before.</param>
/// <param name="TraceParent">The span that sent it, in the W3C form; null when nobody traced.</param>
/// <param name="DueAt">UTC, by the database's clock: when it was sent, or is to be handled, or tried again.</param>
internal sealed record Envelope(
    string Place, bool Torn, Guid Id, string Queue, string Name, string Body, string? Group, int Attempts, int Interruptions,
    Guid CorrelationId, Guid? UserId, string? UserName, string? TraceParent, DateTime DueAt)
{
    /// <summary>The product itself works, in the name of the person whose action caused the message.</summary>
    public Actor Actor { get; } = UserName is null ? Actor.System : Actor.System with { Id = UserId is { } id ? new UserId(id) : null, Name = UserName };
}

/// <summary>A message on its way into the store.</summary>
/// <param name="Id">The same in every queue.</param>
/// <param name="Delay">How long from now it is not handled.</param>
internal sealed record OutgoingMessage(Guid Id, object Message, string Name, IReadOnlyList<Model.HandlerDefinition> Handlers, TimeSpan Delay);

/// <summary>What the messages that one message (or one invocation) causes share.</summary>
/// <param name="TraceParent">The span under which their handling is shown.</param>
internal sealed record Origin(Guid CorrelationId, Guid? CausationId, Actor Actor, string? TraceParent);

/// <summary>A message for a handler.</summary>
/// <param name="Received">Its stored row; null when it was invoked.</param>
internal sealed record Delivery(object Message, Origin Origin, Envelope? Received);
