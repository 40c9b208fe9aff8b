using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Association.Platform.Data;

/// <summary>A connection that several may share. Disposing gives it back when it was opened here, and leaves it alone when somebody further up holds it.</summary>
public sealed class HeldConnection : DbConnection
{
    private readonly NpgsqlConnection _connection;
    private readonly SemaphoreSlim? _turns;
    private readonly bool _isOwn;
    private bool _hasTurn;
    private NpgsqlTransaction? _transaction;

    internal HeldConnection(NpgsqlConnection connection, SemaphoreSlim? turns)
        : this(connection, isOwn: true) => _turns = turns;

    private HeldConnection(NpgsqlConnection connection, bool isOwn) => (_connection, _isOwn) = (connection, isOwn);

    /// <summary>The connection itself, for COPY and batches.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => _connection.ConnectionString;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override string Database => _connection.Database;

    /// <inheritdoc/>
    public override string DataSource => _connection.DataSource;

    /// <inheritdoc/>
    public override string ServerVersion => _connection.ServerVersion;

    /// <inheritdoc/>
    public override ConnectionState State => _connection.State;

    /// <summary>Until it is let go.</summary>
    internal bool IsHeld { get; private set; } = true;

    /// <summary>The connection itself, for COPY and batches.</summary>
    public static implicit operator NpgsqlConnection(HeldConnection held) => held.Connection;

    /// <inheritdoc/>
    public override void Open() => _connection.Open();

    /// <inheritdoc/>
    public override Task OpenAsync(CancellationToken cancellationToken) => _connection.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Close() => Dispose();

    /// <inheritdoc/>
    public override Task CloseAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    /// <summary>Reads as of one moment from here on; null within a handler whose transaction does so already.</summary>
    /// <exception cref="InvalidOperationException">The handler's transaction sees what others commit meanwhile.</exception>
    public async Task<NpgsqlTransaction?> BeginMomentAsync(CancellationToken ct) =>
        _transaction switch
        {
            null => await _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct),
            { IsolationLevel: IsolationLevel.RepeatableRead } => null,
            _ => throw new InvalidOperationException("What reads as of one moment is asked by a command that does not: it needs [OneMoment]."),
        };

    /// <summary>From here on a handler's transaction runs on it.</summary>
    public void WorkIn(NpgsqlTransaction transaction) => _transaction = transaction;

    /// <summary>Nobody gets it as the one that is held any more; it stays open until it is disposed.</summary>
    public void LetGo() => IsHeld = false;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        LetGo();
        if (_isOwn)
            await _connection.DisposeAsync();
        EndTurn();
        await base.DisposeAsync();
    }

    /// <summary>One that somebody else gives back.</summary>
    internal static HeldConnection Of(NpgsqlConnection connection) => new(connection, isOwn: false);

    /// <summary>The same once more.</summary>
    internal HeldConnection Shared() => new(_connection, isOwn: false) { _transaction = _transaction };

    internal async Task<HeldConnection> SharedAsync(CancellationToken ct)
    {
        if (_connection.State == ConnectionState.Closed)
            await _connection.OpenAsync(ct);
        return Shared();
    }

    internal async Task<HeldConnection> TakenAsync(CancellationToken ct)
    {
        try
        {
            if (_turns is not null)
                await _turns.WaitAsync(ct);
            _hasTurn = _turns is not null;
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    internal async Task<HeldConnection> OpenedAsync(CancellationToken ct)
    {
        await TakenAsync(ct);
        try
        {
            await _connection.OpenAsync(ct);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        LetGo();
        if (disposing && _isOwn)
            _connection.Dispose();
        EndTurn();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => _connection.BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        await _connection.BeginTransactionAsync(isolationLevel, cancellationToken);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => _connection.CreateCommand();

    private void EndTurn()
    {
        if (_hasTurn)
            _turns!.Release();
        _hasTurn = false;
    }
}
