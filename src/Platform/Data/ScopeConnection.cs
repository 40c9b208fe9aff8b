using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Association.Platform.Data;

/// <summary>The connection on which all contexts of a handler's scope work, also those of other modules; none outside handlers.</summary>
internal sealed class ScopeConnection
{
    private readonly List<DbContext> _contexts = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    /// <summary>Null outside handlers.</summary>
    public NpgsqlConnection? Current => _connection;

    /// <summary>From here on.</summary>
    /// <param name="connection">Whoever gives it keeps it open for as long as the scope lives.</param>
    /// <param name="transaction">Running; null in a query.</param>
    public void Use(NpgsqlConnection connection, NpgsqlTransaction? transaction) => (_connection, _transaction) = (connection, transaction);

    /// <summary>Lets a context work on it.</summary>
    public void Attach(DbContext context)
    {
        if (_connection is null)
            return;
        context.Database.SetDbConnection(_connection, contextOwnsConnection: false);
        if (_transaction is null)
            return;
        context.Database.UseTransaction(_transaction);
        _contexts.Add(context);
    }

    /// <summary>Lets go of the contexts, whose scope ends before the transaction; else they would take it with them.</summary>
    public void Release()
    {
        foreach (var context in _contexts)
            context.Database.UseTransaction(null);
        _contexts.Clear();
        (_connection, _transaction) = (null, null);
    }
}
