using Npgsql;

namespace Association.Platform.Data;

/// <summary>
/// A few connections for the bus's own short statements, beside those of the modules. Nothing else runs on them, so there is no session state to
/// clear away each time one is taken; that costs as much as storing a message.
/// </summary>
public sealed class BusConnections(string connectionString) : IAsyncDisposable
{
    /// <summary>At most so many.</summary>
    public const int Most = 10;

    /// <summary>Opens them when they are asked for.</summary>
    public NpgsqlDataSource Database { get; } =
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true, MaxPoolSize = Most }.ConnectionString);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
