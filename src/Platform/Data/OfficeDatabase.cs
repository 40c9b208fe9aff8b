using Npgsql;

namespace Association.Platform.Data;

/// <summary>
/// The way to the database for everything that reads and writes. Whoever asks while a connection is held further up gets that one again: within a handler
/// the one of its transaction, within a query the query's, elsewhere the one that the caller opened. So nobody waits for the pool who keeps something of it.
/// </summary>
/// <remarks>
/// What is held goes with the asynchronous flow, from the method that opened it to everything that it awaits; its caller does not see it. A connection does
/// one thing at a time: read to the end before asking for something else.
/// </remarks>
public sealed class OfficeDatabase(NpgsqlDataSource pool)
{
    private readonly AsyncLocal<HeldConnection?> _held = new();
    private readonly AsyncLocal<SemaphoreSlim?> _turns = new();

    private HeldConnection? Held => _held.Value is { IsHeld: true } held ? held : null;

    /// <summary>From here on, parts of the flow that run beside each other take turns: a page that asks for several things at once holds one connection.</summary>
    public void TakeTurns() => _turns.Value = new SemaphoreSlim(1);

    /// <summary>An open connection, for as long as it is not disposed.</summary>
    /// <remarks>Dispose it in the method that awaits this one.</remarks>
    // Not async: what an async method notes in the flow ends with it.
    public Task<HeldConnection> OpenConnectionAsync(CancellationToken ct = default) =>
        Held is { } held ? held.SharedAsync(ct) : Begin(pool.CreateConnection(), _turns.Value).OpenedAsync(ct);

    /// <summary>The same for a caller that cannot wait otherwise.</summary>
    public HeldConnection OpenConnection()
    {
        var connection = Held is { } held ? held.Shared() : Begin(pool.CreateConnection(), turns: null);
        if (connection.State == System.Data.ConnectionState.Closed)
            connection.Open();
        return connection;
    }

    /// <summary>A connection that is opened by whoever needs it first, and stays open until it is disposed.</summary>
    /// <inheritdoc cref="OpenConnectionAsync"/>
    public Task<HeldConnection> HoldAsync(CancellationToken ct) =>
        Held is { } held ? Task.FromResult(held.Shared()) : Begin(pool.CreateConnection(), _turns.Value).TakenAsync(ct);

    /// <summary>From here on, this connection is the one that is held, whatever was before. It stays open when this ends.</summary>
    public HeldConnection Hold(NpgsqlConnection connection)
    {
        var held = HeldConnection.Of(connection);
        _held.Value = held;
        return held;
    }

    private HeldConnection Begin(NpgsqlConnection connection, SemaphoreSlim? turns)
    {
        var held = new HeldConnection(connection, turns);
        _held.Value = held;
        return held;
    }
}
