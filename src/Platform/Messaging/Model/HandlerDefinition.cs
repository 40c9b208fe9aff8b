using Wolverine.Runtime.Handlers;

namespace Association.Platform.Messaging.Model;

/// <summary>One handler, ready to run.</summary>
internal sealed class HandlerDefinition
{
    public required Type HandlerType { get; init; }

    public required MessageType Message { get; init; }

    /// <summary>Stable name of the handler's queue.</summary>
    public required string Queue { get; init; }

    /// <summary>How many of its messages one process handles at once; null: the option's default.</summary>
    public required int? Parallelism { get; init; }

    /// <summary>The handler's own rules for failures, in Wolverine's words; null for the house's.</summary>
    public required Action<HandlerChain>? Configure { get; init; }

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
}
