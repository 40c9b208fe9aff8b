namespace Association.Platform.Messaging.Model;

/// <summary>One handler, ready to run.</summary>
internal sealed class HandlerDefinition
{
    /// <summary>The queue of a handler whose messages have one order, whatever their own group keys, uses this group.</summary>
    public const string StrictGroup = "*";

    public required Type HandlerType { get; init; }

    public required MessageType Message { get; init; }

    /// <summary>Stable name of the handler's queue.</summary>
    public required string Queue { get; init; }

    public required HandlerPolicy Policy { get; init; }

    /// <summary>The module's context, whose connection carries the transaction; null when the handler names none.</summary>
    public required Type? ContextType { get; init; }

    /// <summary>What the container must provide.</summary>
    public required IReadOnlyList<Type> Services { get; init; }

    /// <summary>What <c>Handle</c> answers, without its task; null for nothing.</summary>
    public required Type? Answer { get; init; }

    public required Step? Load { get; init; }

    public required Step? Validate { get; init; }

    public required Step Handle { get; init; }

    /// <summary>Whether its messages can be stored at all.</summary>
    public bool IsQueued => Message is { StableName: not null, Kind: not MessageKind.Query };

    /// <summary>Under which key the message is put in order in this queue; null when it is not.</summary>
    public string? GroupOf(object message) => Policy.IsStrictlyOrdered ? StrictGroup : (message as IGroupedMessage)?.Group;
}
