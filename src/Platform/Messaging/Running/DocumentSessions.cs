using System.Reflection;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Messaging.Running;

/// <summary>A scope's sessions, one for a module's documents: within the running transaction; of a query, on its connection.</summary>
internal sealed class DocumentSessions(BusScope scope, ScopeConnection connection, CurrentUser user, IServiceProvider services) : IAsyncDisposable
{
    private readonly Dictionary<Assembly, IDocumentSession> _open = [];
    private bool _onForeignConnection;

    public IDocumentSession Of(Assembly module)
    {
        if (!_open.TryGetValue(module, out var session))
            _open[module] = session = Begin(services.GetRequiredKeyedService<IDocumentStore>(module));
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        if (_onForeignConnection)
            return; // disposed, a session closes the connection that it was given, and whoever holds that goes on with it
        foreach (var session in _open.Values)
            await session.DisposeAsync();
    }

    private IDocumentSession Begin(IDocumentStore store)
    {
        if (scope.Unit is not { } unit)
        {
            _onForeignConnection = connection.Current is not null;
            return store.LightweightSession(connection.Current is { } held ? SessionOptions.ForConnection(held) : new SessionOptions());
        }
        var session = store.LightweightSession(SessionOptions.ForTransaction(unit.Transaction));
        session.CorrelationId = scope.CorrelationId.ToString();
        session.CausationId = scope.Received?.Id.ToString();
        session.LastModifiedBy = user.Actor.Id?.Value.ToString(); // a name would outlive the person's erasure
        unit.Enlist(session);
        return session;
    }
}
