using System.Collections.Frozen;
using System.Reflection;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Messaging.Model;

/// <summary>All messages and handlers of the product, found once at start-up.</summary>
public sealed class MessagingModel
{
    private readonly FrozenDictionary<Type, HandlerDefinition[]> _handlers;
    private readonly FrozenDictionary<string, HandlerDefinition> _queues;
    private readonly List<string> _findings;

    private MessagingModel(IReadOnlyList<HandlerDefinition> handlers, IReadOnlyList<MessageType> messages, List<string> findings)
    {
        Handlers = handlers;
        Messages = messages;
        _findings = findings;
        _handlers = handlers.GroupBy(h => h.Message.Type).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _queues = handlers.DistinctBy(h => h.Queue).ToFrozenDictionary(h => h.Queue, StringComparer.Ordinal);
        Queues = [.. handlers.Where(h => h.IsQueued).Select(h => h.Queue)];
    }

    internal IReadOnlyList<HandlerDefinition> Handlers { get; }

    internal IReadOnlyList<MessageType> Messages { get; }

    /// <summary>The queues of this release: one for each handler whose messages can be stored.</summary>
    internal string[] Queues { get; }

    /// <summary>Finds the handlers of these assemblies; what is wrong with them is kept for <see cref="Validate"/>.</summary>
    public static MessagingModel Build(params IEnumerable<Assembly> assemblies)
    {
        Assembly[] scanned = [.. assemblies.Distinct()];
        return Build(scanned.SelectMany(TypesOf), scanned.SelectMany(ContractsOf).SelectMany(TypesOf));
    }

    internal static MessagingModel Build(IEnumerable<Type> types, IEnumerable<Type> contracts)
    {
        var findings = new List<string>();
        Type[] scanned = [.. types];
        var discovery = new HandlerDiscovery(findings);
        HandlerDefinition[] handlers =
        [
            .. scanned
                .Where(HandlerDiscovery.LooksLikeHandler)
                .Select(discovery.Define)
                .OfType<HandlerDefinition>()
                .OrderBy(h => h.Queue, StringComparer.Ordinal),
        ];
        MessageType[] messages =
        [
            .. handlers
                .Select(h => h.Message.Type)
                .Concat(
                    scanned
                        .Concat(contracts)
                        .Where(t =>
                            t is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false } && MessageType.Of(t).Kind != MessageKind.Event
                        )
                )
                .Distinct()
                .Select(MessageType.Of)
                .OrderBy(m => m.Name, StringComparer.Ordinal),
        ];
        var model = new MessagingModel(handlers, messages, findings);
        model.CheckMessages();
        model.CheckNames();
        return model;
    }

    /// <summary>Everything that is wrong, as sentences; empty when the model is sound.</summary>
    /// <param name="registered">Knows what the container provides.</param>
    public IReadOnlyList<string> Validate(IServiceProviderIsService registered) =>
        [
            .. _findings,
            .. Handlers.SelectMany(h =>
                h.Services.Where(s => !registered.IsService(s))
                    .Select(s =>
                        $"{h.HandlerType.Name} takes {s.Name}, which is neither the message, nor what Load answers, nor a registered service. Register it in the module's AddServices."
                    )
            ),
            .. Handlers
                .Where(h =>
                    h.UsesDocuments
                    && registered is IServiceProviderIsKeyedService keyed
                    && !keyed.IsKeyedService(typeof(IDocumentStore), h.HandlerType.Assembly)
                )
                .Select(h =>
                    $"{h.HandlerType.Name} takes a session, but its module has no documents. Register them with AddModuleDocuments in the module's AddServices."
                ),
        ];

    /// <summary>Refuses to start with a model that is not sound.</summary>
    /// <exception cref="MessagingModelException">Lists all findings.</exception>
    public void EnsureValid(IServiceProviderIsService registered)
    {
        if (Validate(registered) is { Count: > 0 } findings)
            throw new MessagingModelException(findings);
    }

    /// <summary>Message → handler → queue → policy, for a person.</summary>
    public IReadOnlyList<HandlerDescription> Describe() =>
        [.. Handlers.Select(h => new HandlerDescription(h.Message.Name, h.Message.Kind, h.HandlerType.FullName!, h.Queue, PolicyOf(h)))];

    /// <summary>Who may invoke what, for the table of permissions.</summary>
    public IReadOnlyList<MessageAccess> Access() =>
        [
            .. Messages
                .Where(m => m.Kind != MessageKind.Event)
                .Select(m => new MessageAccess(m.Type, m.Kind, m.Permission, m.Anyone, m.InternalOnly, AnswerTo(m))),
        ];

    /// <summary>Whether somebody handles messages of this type.</summary>
    public bool IsHandled(Type message) => HandlersOf(message).Length > 0;

    internal HandlerDefinition[] HandlersOf(Type message) => _handlers.GetValueOrDefault(message) ?? [];

    internal HandlerDefinition? HandlerOfQueue(string queue) => _queues.GetValueOrDefault(queue);

    internal HandlerDefinition OnlyHandlerOf(Type message) =>
        HandlersOf(message) is [var only]
            ? only
            : throw new InvalidOperationException($"{message.Name} has {HandlersOf(message).Length} handlers; to be invoked it needs exactly one.");

    // The contracts of a module are its own messages: one without a handler is a mistake of this module, not of its callers.
    private static IEnumerable<Assembly> ContractsOf(Assembly module) =>
        module.GetReferencedAssemblies().Where(r => r.Name == module.GetName().Name + ".Contracts").Select(Assembly.Load);

    private static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(t => !t.IsNested);

    // What is not a message itself goes back to whoever invokes.
    private Type? AnswerTo(MessageType message) =>
        message.Kind == MessageKind.Query
            ? message.Type.GetInterfaces().First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)).GetGenericArguments()[0]
            : StepCompiler.PartsOf(HandlersOf(message.Type) is [var handler] ? handler.Answer : null).FirstOrDefault(part => !IsMessages(part));

    private static bool IsMessages(Type part)
    {
        var one =
            part == typeof(string)
                ? part
                : part.GetInterfaces()
                    .Prepend(part)
                    .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                    ?.GetGenericArguments()[0]
                    ?? part;
        return one == typeof(object) || one == typeof(ScheduledMessage) || MessageType.Of(one) is { StableName: not null } or { Kind: not MessageKind.Event };
    }

    private void CheckMessages()
    {
        foreach (var message in Messages)
        {
            var handlers = HandlersOf(message.Type);
            if (message.Kind == MessageKind.Event)
            {
                if (message.StableName is null)
                    _findings.Add($"{message.Type.Name} is an event and lacks [MessageName]; without a stable name it cannot be stored.");
                continue;
            }
            if (handlers.Length != 1)
                _findings.Add(
                    $"{message.Type.Name} is a {Word(message)} and has {(handlers.Length == 0 ? "no handler" : "the handlers " + string.Join(", ", handlers.Select(h => h.HandlerType.Name)))}; it needs exactly one. {(handlers.Length == 0 ? $"Write a static class {message.Type.Name}Handler with a method Handle." : "Remove the others, or let them handle an event.")}"
                );
            var said = (message.Permission is null ? 0 : 1) + (message.Anyone ? 1 : 0) + (message.InternalOnly ? 1 : 0);
            if (said != 1)
                _findings.Add(
                    $"{message.Type.Name} is a {Word(message)} and must say who may invoke it, with one of [Permission], [AnyoneMay], [InternalOnly]."
                );
        }
    }

    private void CheckNames()
    {
        foreach (var twice in Messages.Where(m => m.StableName is not null).GroupBy(m => m.StableName).Where(g => g.Count() > 1))
            _findings.Add(
                $"The message name '{twice.Key}' is used by {string.Join(" and ", twice.Select(m => m.Type.Name))}. Give one of them another [MessageName]."
            );
        foreach (var twice in Handlers.GroupBy(h => h.Queue).Where(g => g.Count() > 1))
            _findings.Add(
                $"The queue name '{twice.Key}' is used by {string.Join(" and ", twice.Select(h => h.HandlerType.Name))}. Give one of them another [QueueName]."
            );
    }

    private static string PolicyOf(HandlerDefinition handler) =>
        $"{(handler.Parallelism is { } count ? $"at most {count} at once" : "as many at once as the options say")}; "
        + (handler.Configure is null ? "retries of the house" : "retries of its own");

    private static string Word(MessageType message) => message.Kind == MessageKind.Command ? "command" : "query";
}

/// <summary>One handler, for a person.</summary>
public sealed record HandlerDescription(string Message, MessageKind Kind, string Handler, string Queue, string Policy);

/// <summary>Who may invoke a command or query, and what comes back.</summary>
/// <param name="Message">The record that is invoked.</param>
/// <param name="Kind">Command or query.</param>
/// <param name="Permission">What the actor needs.</param>
/// <param name="Anyone">No sign-in is needed.</param>
/// <param name="InternalOnly">No person may.</param>
/// <param name="Answer">What the handler answers to the caller; null for nothing.</param>
public sealed record MessageAccess(Type Message, MessageKind Kind, string? Permission, bool Anyone, bool InternalOnly, Type? Answer);

/// <summary>The handlers do not fit together; the product does not start.</summary>
public sealed class MessagingModelException(IReadOnlyList<string> findings)
    : Exception($"The messages and handlers do not fit together:{string.Concat(findings.Select(f => $"{Environment.NewLine}* {f}"))}")
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Findings { get; } = findings;
}
