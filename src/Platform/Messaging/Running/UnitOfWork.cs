using Association.Platform.Data;
using Association.Platform.Messaging.Delivery;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Wolverine;

namespace Association.Platform.Messaging.Running;

/// <summary>One transaction with all that happens in it: the handler, those it invokes, the contexts they use, the messages they send.</summary>
internal sealed class UnitOfWork : IAsyncDisposable
{
    private readonly List<ModuleDbContext> _contexts = [];
    private readonly List<(Origin Origin, List<OutgoingMessage> Messages)> _outbox = [];
    private readonly bool _ownsConnection;
    private Exception? _failure;

    private UnitOfWork(NpgsqlConnection connection, NpgsqlTransaction transaction, bool ownsConnection)
    {
        Connection = connection;
        Transaction = transaction;
        _ownsConnection = ownsConnection;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>What was sent, by what caused it.</summary>
    public IReadOnlyCollection<(Origin Origin, List<OutgoingMessage> Messages)> Outbox => _outbox;

    /// <summary>Begins on a connection of its own; the first command goes to the server together with the begin.</summary>
    public static async Task<UnitOfWork> BeginAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        return new UnitOfWork(connection, await connection.BeginTransactionAsync(ct), ownsConnection: true);
    }

    /// <summary>Begins on a connection that goes on afterwards.</summary>
    public static async Task<UnitOfWork> BeginAsync(NpgsqlConnection connection, CancellationToken ct) =>
        new(connection, await connection.BeginTransactionAsync(ct), ownsConnection: false);

    /// <summary>Lets a context work in this transaction.</summary>
    public async Task EnlistAsync(ModuleDbContext context, CancellationToken ct)
    {
        if (_contexts.Contains(context)) return;
        context.Database.SetDbConnection(Connection, contextOwnsConnection: false);
        await context.Database.UseTransactionAsync(Transaction, ct);
        _contexts.Add(context);
    }

    /// <summary>What is sent from now on has this cause.</summary>
    public void ActFor(Origin origin) => _outbox.Add((origin, []));

    public void Send(OutgoingMessage message) => _outbox[^1].Messages.Add(message);

    /// <summary>A nested handler failed after it may have written: swallowing its exception does not make its half work whole.</summary>
    public void Fail(Exception exception) => _failure ??= exception;

    /// <summary>Writes what the contexts hold.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var context in _contexts) await context.SaveChangesAsync(ct);
    }

    /// <summary>Lets go of the contexts, whose scope ends before the transaction; else they would take it with them.</summary>
    public void Release()
    {
        foreach (var context in _contexts) context.Database.UseTransaction(null);
        _contexts.Clear();
    }

    /// <summary>Stores the messages and commits.</summary>
    /// <returns>What this process hands to its own queues now.</returns>
    public async Task<List<Envelope>> CommitAsync(MessageWriter writer, CancellationToken ct)
    {
        if (_failure is not null) throw new InvalidOperationException("A nested invocation failed; what it began cannot be committed.", _failure);
        var own = new List<Envelope>();
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("savepoint whole")); // an error when the handler ended or broke its transaction: a commit alone would say nothing
        foreach (var (origin, messages) in _outbox) own.AddRange(writer.Append(batch, messages, origin));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit")); // in the same round trip; an error before it leaves the transaction broken
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(CancellationToken.None); // cancelled here, nobody would know how it ended
        return own;
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        if (_ownsConnection) await Connection.DisposeAsync();
    }
}
