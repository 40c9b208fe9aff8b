using System.Data;
using Association.Platform.Data;
using Association.Platform.Messaging.Storing;
using Marten;
using Npgsql;
using Wolverine;

namespace Association.Platform.Messaging.Running;

/// <summary>One transaction with all that happens in it: the handler, the contexts and sessions that it uses, the messages that it sends.</summary>
internal sealed class UnitOfWork : IAsyncDisposable
{
    private readonly List<ModuleDbContext> _contexts = [];
    private readonly List<IDocumentSession> _sessions = [];
    private readonly List<OutgoingMessage> _outbox = [];

    private UnitOfWork(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        Transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>What is sent.</summary>
    public IReadOnlyCollection<OutgoingMessage> Outbox => _outbox;

    /// <summary>Begins on a connection that goes on afterwards; the first command goes to the server together with the begin.</summary>
    public static async Task<UnitOfWork> BeginAsync(NpgsqlConnection connection, IsolationLevel isolation, CancellationToken ct) =>
        new(connection, await connection.BeginTransactionAsync(isolation, ct));

    /// <summary>Saves a context, which works in this transaction.</summary>
    public void Enlist(ModuleDbContext context) => _contexts.Add(context);

    /// <summary>Saves a session, which works in this transaction, with the contexts.</summary>
    public void Enlist(IDocumentSession session) => _sessions.Add(session);

    public void Send(OutgoingMessage message) => _outbox.Add(message);

    /// <summary>Writes what the contexts and sessions hold.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var context in _contexts)
            await context.SaveChangesAsync(ct);
        foreach (var session in _sessions)
            await session.SaveChangesAsync(ct);
    }

    /// <summary>Lets go of contexts and sessions, whose scope ends before the transaction.</summary>
    public void Release()
    {
        _contexts.Clear();
        _sessions.Clear();
    }

    /// <summary>What this process hands to its own queues once it is committed.</summary>
    public List<Envelope> Own { get; } = [];

    /// <summary>Stores the messages, with what caused them, and commits.</summary>
    public async Task CommitAsync(MessageWriter writer, Origin origin, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("savepoint whole")); // an error when the handler ended or broke its transaction: a commit alone would say nothing
        Own.AddRange(writer.Append(batch, _outbox, origin));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit")); // in the same round trip; an error before it leaves the transaction broken
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(CancellationToken.None); // cancelled here, nobody would know how it ended
    }

    /// <summary>Rolls back what was not committed.</summary>
    public ValueTask DisposeAsync() => Transaction.DisposeAsync();
}
