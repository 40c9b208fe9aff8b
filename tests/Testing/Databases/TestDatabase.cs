using System.Security.Cryptography;
using System.Text;
using Association.Platform.Data.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Association.Testing;

/// <summary>A database of its own on the test server; dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // The default writes each page of the original into the log, which takes twice as long.
    private const string FileByFile = "strategy file_copy";

    private readonly TestServer _server;

    private TestDatabase(TestServer server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = server.ConnectionString(name);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Leads to it as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Without any table.</summary>
    public static async Task<TestDatabase> EmptyAsync()
    {
        var server = await TestServer.SharedAsync();
        var database = new TestDatabase(server, TestServer.NewName());
        await server.ExecuteAsync($"create database {database.Name}");
        return database;
    }

    /// <summary>Migrated; the migrations run once for each set of files, then the result is cloned.</summary>
    public static async Task<TestDatabase> MigratedAsync(IReadOnlyCollection<SchemaMigrations> schemas)
    {
        var server = await TestServer.SharedAsync();
        var template = await TemplateAsync(server, schemas);
        var database = new TestDatabase(server, TestServer.NewName());
        await server.ExecuteAsync($"create database {database.Name} template {template} {FileByFile}");
        return database;
    }

    /// <summary>A copy of another, made by the server.</summary>
    /// <param name="original">Nobody may be connected to it.</param>
    public static async Task<TestDatabase> CopyOfAsync(TestDatabase original)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(original.ConnectionString));
        var copy = new TestDatabase(original._server, TestServer.NewName());
        await copy._server.ExecuteAsync($"create database {copy.Name} template {original.Name} {FileByFile}");
        return copy;
    }

    /// <summary>Drops it, whoever is still connected.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await _server.ExecuteAsync($"drop database if exists {Name} with (force)");
    }

    private static async Task<string> TemplateAsync(TestServer server, IReadOnlyCollection<SchemaMigrations> schemas)
    {
        var digests = string.Join(' ', schemas.OrderBy(s => s.Schema, StringComparer.Ordinal).Select(s => s.Schema + s.Order + s.Digest));
        var name = "template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(digests)).AsSpan(0, 12));
        await using var connection = await server.MaintenanceAsync();
        await using (var one = new NpgsqlCommand($"select pg_advisory_lock(hashtext('{name}'))", connection))
            await one.ExecuteNonQueryAsync(); // until this connection closes
        await using (var exists = new NpgsqlCommand($"select 1 from pg_database where datname = '{name}'", connection))
            if (await exists.ExecuteScalarAsync() is not null)
                return name;
        var building = TestServer.NewName();
        await server.ExecuteAsync($"create database {building}");
        await using (var database = NpgsqlDataSource.Create(server.ConnectionString(building) + ";Pooling=false"))
            await new MigrationRunner(database, schemas, NullLogger<MigrationRunner>.Instance).MigrateAsync(CancellationToken.None);
        await server.ExecuteAsync($"alter database {building} rename to {name}");
        return name;
    }
}
