using System.Data;
using Association.Platform.Data;
using Association.Platform.Messaging.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Association.Platform.Messaging.Running;

/// <summary>One transaction with all that happens in it: the handler, those it invokes, the contexts they use, the messages they send.</summary>
internal sealed class UnitOfWork : IAsyncDisposable
{
    private readonly List<ModuleDbContext> _contexts = [];
    private readonly List<(Origin Origin, List<OutgoingMessage> Messages)> _outbox = [];
    private readonly HashSet<string> _wake = new(StringComparer.Ordinal);
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

    /// <summary>Queues that have something to do once this is committed.</summary>
    public IReadOnlyCollection<string> QueuesToWake => _wake;

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

    public void Send(OutgoingMessage message)
    {
        _outbox[^1].Messages.Add(message);
        if (message.Delay == TimeSpan.Zero) Wake(message.Handlers.Select(h => h.Queue));
    }

    /// <summary>Rows were put into these queues otherwise.</summary>
    public void Wake(IEnumerable<string> queues) => _wake.UnionWith(queues);

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
    /// <param name="settlement">The end of the claimed messages; null when none was claimed.</param>
    public async Task CommitAsync(NpgsqlBatchCommand? settlement, CancellationToken ct)
    {
        if (_failure is not null) throw new InvalidOperationException("A nested invocation failed; what it began cannot be committed.", _failure);
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        foreach (var (origin, messages) in _outbox) MessageWriter.Append(batch, messages, origin);
        if (settlement is not null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(MessageStore.ForgetSavepoint));
            batch.BatchCommands.Add(settlement);
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit")); // in the same round trip; an error before it leaves the transaction broken
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(CancellationToken.None); // cancelled here, nobody would know how it ended
    }

    /// <summary>Undoes everything since the claim and commits the end of the claimed messages instead.</summary>
    /// <param name="settlement">Null: they are given back.</param>
    /// <returns>Whether it was stored: false when the transaction was over, because its commit failed or its connection is lost.</returns>
    public async Task<bool> SettleInsteadAsync(NpgsqlBatchCommand? settlement)
    {
        if (Connection.State != ConnectionState.Open) return false;
        try
        {
            await using var batch = new NpgsqlBatch(Connection, Transaction) { BatchCommands = { new(MessageStore.BackToSavepoint), new(MessageStore.ForgetSavepoint) } };
            if (settlement is not null) batch.BatchCommands.Add(settlement);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        if (_ownsConnection) await Connection.DisposeAsync();
    }
}
