using System.Reflection;
using Marten;

namespace Association.Platform.Messaging.Model;

/// <summary>What one run of a handler's methods works with.</summary>
/// <param name="message">What is handled.</param>
/// <param name="services">Of the scope.</param>
/// <param name="sessions">Where whoever runs handlers finds the session of a module's documents.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class HandlerCall(
    object message,
    IServiceProvider services,
    Func<IServiceProvider, Assembly, IDocumentSession> sessions,
    CancellationToken cancellation
)
{
    public object Message { get; } = message;

    public IServiceProvider Services { get; } = services;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The parts of what <c>Load</c> answered.</summary>
    public object?[] Loaded { get; set; } = [];

    /// <summary>The session of a module's documents.</summary>
    public IDocumentSession SessionOf(Assembly module) => sessions(Services, module);
}
