using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Messaging.Model;

/// <summary>One method of a handler, called with arguments from the call; its answer without task and without type.</summary>
internal delegate ValueTask<object?> Step(HandlerCall call);

/// <summary>Builds a delegate around a handler's method when it is first called, so that a call costs no reflection and a start no compiling.</summary>
internal static class StepCompiler
{
    private static readonly MethodInfo GetService = typeof(ServiceProviderServiceExtensions).GetMethod(
        nameof(ServiceProviderServiceExtensions.GetRequiredService),
        1,
        [typeof(IServiceProvider)]
    )!;

    /// <param name="method">Static.</param>
    /// <param name="loaded">The types of what <c>Load</c> answered, in the order of <see cref="HandlerCall.Loaded"/>.</param>
    public static Step Compile(MethodInfo method, IReadOnlyList<Type> loaded)
    {
        var compiled = new Lazy<Step>(() => Build(method, loaded));
        return call => compiled.Value(call);
    }

    private static Step Build(MethodInfo method, IReadOnlyList<Type> loaded)
    {
        var call = Expression.Parameter(typeof(HandlerCall), "call");
        var arguments = method.GetParameters().Select((p, i) => IsSession(p.ParameterType) ? Session(method, call) : Argument(p, i, call, loaded));
        var invocation = Expression.Call(method, arguments);
        return Expression.Lambda<Step>(Adapt(invocation), call).Compile();
    }

    /// <summary>Whether a parameter is the session of the module's documents.</summary>
    public static bool IsSession(Type type) => type == typeof(IDocumentSession) || type == typeof(IQuerySession);

    /// <summary>The answer's type behind a task; null for nothing.</summary>
    public static Type? AnswerOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return null;
        return IsTaskOf(type) ? type.GetGenericArguments()[0] : type;
    }

    /// <summary>What an answer hands on: the items of a tuple, or the answer itself.</summary>
    public static IReadOnlyList<Type> PartsOf(Type? answer) =>
        answer is null ? []
        : answer.IsAssignableTo(typeof(ITuple)) ? answer.GetGenericArguments()
        : [answer];

    private static Expression Argument(ParameterInfo parameter, int position, ParameterExpression call, IReadOnlyList<Type> loaded)
    {
        var type = parameter.ParameterType;
        if (position == 0)
            return Expression.Convert(Expression.Property(call, nameof(HandlerCall.Message)), type);
        if (type == typeof(CancellationToken))
            return Expression.Property(call, nameof(HandlerCall.Cancellation));
        for (var i = 0; i < loaded.Count; i++)
            if (loaded[i] == type)
                return Expression.Convert(Expression.ArrayIndex(Expression.Property(call, nameof(HandlerCall.Loaded)), Expression.Constant(i)), type);
        return Expression.Call(GetService.MakeGenericMethod(type), Expression.Property(call, nameof(HandlerCall.Services)));
    }

    private static MethodCallExpression Session(MethodInfo handler, ParameterExpression call) =>
        Expression.Call(call, nameof(HandlerCall.SessionOf), [], Expression.Constant(handler.DeclaringType!.Assembly));

    private static Expression Adapt(MethodCallExpression invocation)
    {
        var type = invocation.Type;
        if (type == typeof(void))
            return Expression.Block(invocation, Expression.Default(typeof(ValueTask<object?>)));
        var adapter =
            type == typeof(Task) || type == typeof(ValueTask) ? Adapter(nameof(Await), [type])
            : IsTaskOf(type)
                ? Adapter(
                    type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(AwaitTask) : nameof(AwaitValueTask),
                    type.GetGenericArguments(),
                    generic: true
                )
            : Adapter(nameof(Now), [type], generic: true);
        return Expression.Call(adapter, invocation);
    }

    private static MethodInfo Adapter(string name, Type[] types, bool generic = false) =>
        generic
            ? typeof(StepCompiler).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(types)
            : typeof(StepCompiler).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static, types)!;

    private static bool IsTaskOf(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static ValueTask<object?> Now<T>(T answer) => new((object?)answer);

    private static async ValueTask<object?> Await(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> Await(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> AwaitTask<T>(Task<T> task) => await task;

    private static async ValueTask<object?> AwaitValueTask<T>(ValueTask<T> task) => await task;
}
