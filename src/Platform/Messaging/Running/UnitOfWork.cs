using Association.Platform.Data;
using Association.Platform.Messaging.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Association.Platform.Messaging.Running;

/// <summary>One transaction with all that happens in it: the handler, those it invokes, the contexts they use, the messages they send.</summary>
internal sealed class UnitOfWork : IUnitOfWork, IAsyncDisposable
{
    private readonly List<ModuleDbContext> _contexts = [];
    private readonly List<(Origin Origin, List<OutgoingMessage> Messages)> _outbox = [];
    private readonly HashSet<string> _wake = new(StringComparer.Ordinal);
    private readonly IAsyncDisposable _transaction;
    private Exception? _failure;

    private UnitOfWork(NpgsqlConnection connection, NpgsqlTransaction transaction, IAsyncDisposable owner)
    {
        Connection = connection;
        Transaction = transaction;
        _transaction = owner;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>What was sent, by what caused it.</summary>
    public IReadOnlyCollection<(Origin Origin, List<OutgoingMessage> Messages)> Outbox => _outbox;

    /// <summary>Begins on the module's own connection, or on one of the bus when the handler names no context.</summary>
    public static async Task<UnitOfWork> BeginAsync(ModuleDbContext? context, NpgsqlDataSource database, CancellationToken ct)
    {
        if (context is not null)
        {
            var begun = await context.Database.BeginTransactionAsync(ct);
            var unit = new UnitOfWork((NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)begun.GetDbTransaction(), begun);
            unit._contexts.Add(context);
            return unit;
        }
        var connection = await database.OpenConnectionAsync(ct);
        var transaction = await connection.BeginTransactionAsync(ct);
        return new UnitOfWork(connection, transaction, new Owned(connection, transaction));
    }

    /// <summary>Lets another context work in this transaction.</summary>
    public async Task EnlistAsync(ModuleDbContext context, CancellationToken ct)
    {
        if (_contexts.Contains(context)) return;
        context.Database.SetDbConnection(Connection, contextOwnsConnection: false);
        await context.Database.UseTransactionAsync(Transaction, ct);
        _contexts.Add(context);
    }

    /// <summary>Queues that have something to do once this is committed.</summary>
    public IReadOnlyCollection<string> QueuesToWake => _wake;

    /// <summary>What is sent from now on has this cause.</summary>
    public void ActFor(Origin origin) => _outbox.Add((origin, []));

    public void Send(OutgoingMessage message)
    {
        _outbox[^1].Messages.Add(message);
        if (message.Delay == TimeSpan.Zero) Wake(message.Handlers.Select(h => h.Queue));
    }

    /// <summary>Rows were put into these queues otherwise.</summary>
    public void Wake(IEnumerable<string> queues) => _wake.UnionWith(queues);

    /// <summary>A nested handler failed after it may have written: swallowing its exception does not make its half work whole.</summary>
    public void Fail(Exception exception) => _failure ??= exception;

    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var context in _contexts) await context.SaveChangesAsync(ct);
    }

    /// <summary>Stores the messages, finishes the received ones, and commits.</summary>
    /// <exception cref="LeaseLostException">Another worker has a received message by now; nothing was committed.</exception>
    public async Task CommitAsync(IReadOnlyList<Envelope> received, CancellationToken ct)
    {
        if (_failure is not null) throw new InvalidOperationException("A nested invocation failed; what it began cannot be committed.", _failure);
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        foreach (var (origin, messages) in _outbox) MessageWriter.Append(batch, messages, origin);
        if (received.Count > 0) batch.BatchCommands.Add(Settlement.Handled(received));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit")); // in the same round trip; an error before it leaves the transaction broken
        try
        {
            await batch.PrepareAsync(ct);
            await batch.ExecuteNonQueryAsync(CancellationToken.None); // cancelled here, nobody would know how it ended
        }
        catch (PostgresException e) when (e.SqlState == Settlement.LeaseLost)
        {
            throw new LeaseLostException(e.MessageText);
        }
    }

    public ValueTask DisposeAsync() => _transaction.DisposeAsync(); // rolls back what was not committed

    private sealed class Owned(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

/// <summary>The handler outlived its lease and another worker claimed the message: this run must leave no trace.</summary>
internal sealed class LeaseLostException(string message) : Exception(message);
