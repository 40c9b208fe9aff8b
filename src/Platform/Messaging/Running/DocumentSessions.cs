using System.Reflection;
using Association.Platform.Data.Users;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Messaging.Running;

/// <summary>A scope's sessions, one for a module's documents: within the running transaction, or on a connection of their own when there is none.</summary>
internal sealed class DocumentSessions(BusScope scope, CurrentUser user, IServiceProvider services) : IAsyncDisposable
{
    private readonly Dictionary<Assembly, IDocumentSession> _reading = [];

    public IDocumentSession Of(Assembly module)
    {
        if (scope.Unit is { } unit)
            return unit.SessionOf(module, Begin);
        if (!_reading.TryGetValue(module, out var session))
            _reading[module] = session = StoreOf(module).LightweightSession();
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _reading.Values)
            await session.DisposeAsync();
    }

    private IDocumentSession Begin(Assembly module, UnitOfWork unit)
    {
        var session = StoreOf(module).LightweightSession(SessionOptions.ForTransaction(unit.Transaction));
        session.CorrelationId = scope.CorrelationId.ToString();
        session.CausationId = scope.Received?.Id.ToString();
        session.LastModifiedBy = user.Actor.Id?.Value.ToString(); // a name would outlive the person's erasure
        return session;
    }

    private IDocumentStore StoreOf(Assembly module) => services.GetRequiredKeyedService<IDocumentStore>(module);
}
