using System.Reflection;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Wolverine.Runtime.Handlers;

namespace Association.Platform.Messaging.Model;

/// <summary>Finds handlers by their shape (a static class <c>*Handler</c> with <c>Handle</c>) and says what is wrong with them.</summary>
internal sealed class HandlerDiscovery(List<string> findings)
{
    private static readonly Type[] WellKnown = [typeof(IMessageBus), typeof(IUnitOfWork), typeof(CurrentUser), typeof(TimeProvider), typeof(CancellationToken)];

    public static bool LooksLikeHandler(Type type) =>
        type is { IsAbstract: true, IsSealed: true, IsGenericType: false }
        && type.Name.EndsWith("Handler", StringComparison.Ordinal)
        && Methods(type, "Handle").Any();

    /// <summary>The handler; null when it cannot be built (then a finding says why).</summary>
    public HandlerDefinition? Define(Type type)
    {
        if (Single(type, "Handle") is not { } handle)
            return null;
        var load = Single(type, "Load");
        var validate = Single(type, "Validate");
        MethodInfo[] methods = [.. new[] { load, validate, handle }.OfType<MethodInfo>()];
        foreach (var method in methods.Where(m => m.GetParameters().Length == 0))
            findings.Add($"{type.Name}.{method.Name} has no parameter; the first is the message.");
        if (methods.Any(m => m.GetParameters().Length == 0))
            return null;

        var message = MessageType.Of(handle.GetParameters()[0].ParameterType);
        foreach (var method in methods.Where(m => m.GetParameters()[0].ParameterType != message.Type))
            findings.Add($"{type.Name}.{method.Name} takes {method.GetParameters()[0].ParameterType.Name} first, but Handle takes {message.Type.Name}.");
        if (methods.Any(m => m.GetParameters()[0].ParameterType != message.Type))
            return null;

        var loaded = load is null ? [] : StepCompiler.PartsOf(StepCompiler.AnswerOf(load));
        if (loaded.Distinct().Count() < loaded.Count)
            findings.Add($"{type.Name}.Load answers two things of one type; Handle could not tell them apart.");
        if (validate is not null && !AnswersProblems(validate))
            findings.Add($"{type.Name}.Validate must answer Problem? or IEnumerable<Problem>.");

        var contexts = Parameters(methods).Where(t => t.IsAssignableTo(typeof(ModuleDbContext))).Distinct().ToList();
        if (contexts.Count > 1)
            findings.Add($"{type.Name} takes {string.Join(" and ", contexts.Select(c => c.Name))}; one transaction needs exactly one context.");

        return new HandlerDefinition
        {
            HandlerType = type,
            Message = message,
            Queue = type.GetCustomAttribute<QueueNameAttribute>()?.Name ?? $"{message.Name}/{MessageType.Kebab(type.Name[..^"Handler".Length])}",
            Parallelism = type.GetCustomAttribute<ParallelismAttribute>()?.Count,
            Configure = ConfigureOf(type),
            ContextType = contexts.FirstOrDefault(),
            Services = [.. Parameters(methods).Except(loaded).Except(WellKnown).Where(t => !StepCompiler.IsSession(t)).Distinct()],
            UsesDocuments = Parameters(methods).Any(StepCompiler.IsSession),
            Answer = StepCompiler.AnswerOf(handle),
            Load = load is null ? null : StepCompiler.Compile(load, []),
            Validate = validate is null ? null : StepCompiler.Compile(validate, loaded),
            Handle = StepCompiler.Compile(handle, loaded),
        };
    }

    private static IEnumerable<Type> Parameters(IEnumerable<MethodInfo> methods) =>
        methods.SelectMany(m => m.GetParameters().Skip(1)).Select(p => p.ParameterType);

    private static bool AnswersProblems(MethodInfo validate) =>
        StepCompiler.AnswerOf(validate) is { } answer && (answer == typeof(Problem) || answer.IsAssignableTo(typeof(IEnumerable<Problem>)));

    private static IEnumerable<MethodInfo> Methods(Type type, string name) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(m => (m.Name == name || m.Name == name + "Async") && !m.IsPrivate && !m.IsGenericMethod);

    private MethodInfo? Single(Type type, string name)
    {
        MethodInfo[] methods = [.. Methods(type, name)];
        if (methods.Length > 1)
            findings.Add($"{type.Name} has {methods.Length} methods {name}; a handler handles one message.");
        return methods.FirstOrDefault();
    }

    private Action<HandlerChain>? ConfigureOf(Type type)
    {
        var configure = type.GetMethod("Configure", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        if (configure is null)
            return null;
        if (configure.GetParameters() is [{ ParameterType: var only }] && only == typeof(HandlerChain))
            return configure.CreateDelegate<Action<HandlerChain>>();
        findings.Add($"{type.Name}.Configure must take a HandlerChain and nothing else.");
        return null;
    }
}
