using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Testing;

/// <summary>What a request of one person sees: services, and a bus that acts as this person.</summary>
public sealed class OfficeScope : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    internal OfficeScope(AsyncServiceScope scope, Actor actor)
    {
        _scope = scope;
        Actor = actor;
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor;
    }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>The scope's services.</summary>
    public IServiceProvider Services => _scope.ServiceProvider;

    /// <summary>The scope's bus.</summary>
    public IMessageBus Bus => Services.GetRequiredService<IMessageBus>();

    /// <summary>Invokes a command, waits until everything it caused has settled, and lists what was sent, handled and dead-lettered.</summary>
    public Task<TrackedSession> InvokeAndWaitAsync(object command, CancellationToken ct = default) => TrackedSession.InvokeAndWaitAsync(Services, command, ct);

    /// <summary>Waits until everything that this scope's bus caused has settled, and says how.</summary>
    public Task<DrainReport> DrainAsync(CancellationToken ct = default) => Services.GetRequiredService<IMessageDrain>().DrainAsync(ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
