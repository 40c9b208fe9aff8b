using System.Globalization;
using Association.Platform.Data.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Association.Testing;

/// <summary>
/// The one PostgreSQL of a test run: one that <c>ASSOCIATION_TEST_POSTGRES</c> names, or an embedded one in a temporary folder
/// (<c>ASSOCIATION_TEST_FOLDER</c>), shared by all test processes; its templates outlive them.
/// </summary>
public sealed class TestServer
{
    private const string Variable = "ASSOCIATION_TEST_POSTGRES";
    private static readonly Lazy<Task<TestServer>> Instance = new(StartAsync);
    private static int _databases;

    private readonly string _address;

    private TestServer(string address) => _address = address;

    /// <summary>The running server.</summary>
    public static Task<TestServer> SharedAsync() => Instance.Value;

    /// <summary>The settings of a server whose data may be lost: no waiting for the disk.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["fsync"] = "off",
        ["full_page_writes"] = "off",
        ["synchronous_commit"] = "off",
        ["max_connections"] = "400",
        ["shared_buffers"] = "512MB",
    };

    /// <summary>Leads to a database of this server.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_address)
        {
            Database = database,
            MaxPoolSize = 40,
            ConnectionIdleLifetime = 10,
            IncludeErrorDetail = true,
        }.ConnectionString;

    /// <summary>A name that no other database of this run has; it tells which process it belongs to.</summary>
    internal static string NewName() => string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");

    /// <summary>Runs one statement outside any database of a test.</summary>
    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = await MaintenanceAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    internal async Task<NpgsqlConnection> MaintenanceAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_address) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<TestServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new TestServer(given);
        var folder = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_FOLDER"); // ./test.sh: one for the run
        if (string.IsNullOrEmpty(folder))
            folder = Path.Combine(Path.GetTempPath(), $"association-tests-{Environment.UserName}");
        var postgres = await EmbeddedPostgres.StartAsync(
            // everybody may write into the folder itself
            new EmbeddedPostgresOptions(Path.Combine(folder, "server")) { Settings = Settings },
            NullLogger.Instance,
            CancellationToken.None
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) => postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var server = new TestServer(postgres.ConnectionString);
        await server.DropLeftoversAsync();
        return server;
    }

    /// <summary>Databases of test processes that were killed.</summary>
    private async Task DropLeftoversAsync()
    {
        await using var connection = await MaintenanceAsync();
        var names = new List<string>();
        await using (var command = new NpgsqlCommand("select datname from pg_database where datname like 'test\\_%'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        foreach (var name in names.Where(n => !Directory.Exists($"/proc/{n.Split('_')[1]}")))
        {
            await using var drop = new NpgsqlCommand($"drop database if exists {name} with (force)", connection);
            await drop.ExecuteNonQueryAsync();
        }
    }
}
