using Npgsql;
using Xunit;

namespace Association.Testing;

/// <summary>Class fixture: an empty database for the tests of one class.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private TestDatabase? _database;
    private NpgsqlDataSource? _source;

    /// <summary>Connections to it.</summary>
    public NpgsqlDataSource Database => _source!;

    /// <summary>Leads to it.</summary>
    public string ConnectionString => _database!.ConnectionString;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _database = await TestDatabase.EmptyAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _source!.DisposeAsync();
        await _database!.DisposeAsync();
    }
}
