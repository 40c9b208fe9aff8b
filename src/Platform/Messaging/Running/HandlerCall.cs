namespace Association.Platform.Messaging.Running;

/// <summary>What one run of a handler's methods works with.</summary>
internal sealed class HandlerCall(object message, IServiceProvider services, CancellationToken cancellation)
{
    public object Message { get; } = message;

    public IServiceProvider Services { get; } = services;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The parts of what <c>Load</c> answered.</summary>
    public object?[] Loaded { get; set; } = [];
}
