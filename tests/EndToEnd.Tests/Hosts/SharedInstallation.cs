using Association.EndToEnd.Tests.CommandLine;
using Association.Host.Startup;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>A demo installation without members on a server of its own, for several processes of the program.</summary>
internal sealed class SharedInstallation : IAsyncDisposable
{
    private static readonly Lazy<Task<TestDatabase>> Initialised = new(InitialiseAsync);

    private readonly TestDatabase _database;
    private readonly List<OfficeProcess> _hosts = [];

    private SharedInstallation(TestDatabase database) => _database = database;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>A folder for the test's own files; it goes with the installation.</summary>
    public string Files { get; } = Directory.CreateTempSubdirectory("association-files-").FullName;

    /// <summary>The program on this database, for tests that sign in more often than people do.</summary>
    public OfficeProgram Program => OfficeProgram.On(ConnectionString).With("Limits__SignInsPerMinute", "10000");

    /// <summary>One whose first start is over.</summary>
    public static async Task<SharedInstallation> CreateAsync() => new(await TestDatabase.CopyOfAsync(await Initialised.Value));

    /// <summary>One that nobody has opened yet.</summary>
    public static async Task<SharedInstallation> CreateUnopenedAsync() => new(await NewDatabaseAsync());

    /// <summary>The database of a demo installation before its first start.</summary>
    public static async Task<TestDatabase> NewDatabaseAsync(string demoData = "none")
    {
        var schemas = HostComposition.CreateBuilder().Services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>().ToList();
        var database = await TestDatabase.MigratedAsync(schemas);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.ExecuteAsync("insert into platform.installation (kind, demo_data) values ('demo', @demoData)", new { demoData });
        return database;
    }

    private static async Task<TestDatabase> InitialiseAsync()
    {
        var database = await NewDatabaseAsync();
        await OfficeProgram.On(database.ConnectionString).RunAsync("settings", "show");
        return database;
    }

    /// <summary>Whatever is in this database; it is dropped with the installation.</summary>
    public static SharedInstallation On(TestDatabase database) => new(database);

    /// <summary>Starts hosts, all at the same moment.</summary>
    public Task<OfficeProcess[]> StartAsync(int hosts) => Task.WhenAll(Enumerable.Range(0, hosts).Select(_ => StartAsync(Program)));

    public async Task<OfficeProcess> StartAsync(OfficeProgram program, params string[] options)
    {
        var host = await OfficeProcess.StartAsync(program, options);
        lock (_hosts)
            _hosts.Add(host);
        return host;
    }

    /// <summary>Members who owe the same due, imported by the command line.</summary>
    public async Task ImportMembersAsync(int count)
    {
        var list = Path.Combine(Files, "liste.csv");
        await File.WriteAllLinesAsync(
            list,
            Enumerable
                .Range(1, count)
                .Select(n => $"{n};Praxis Nummer {n};Arztpraxis;Hauptstraße {n};66111;Saarbrücken;01.01.2020")
                .Prepend("Mitgliedsnummer;Name;Kategorie;Straße;PLZ;Ort;Eintritt")
        );
        await Program.RunAsync("import-members", list, "--apply", "--as", "office");
    }

    /// <summary>A run for 2027 that only waits for its execution.</summary>
    /// <returns>Its page.</returns>
    public async Task<string> ApproveRunAsync()
    {
        await Program.RunAsync("dues-run", "--year", "2027", "--submit", "--as", "office");
        var run = await Program.RunAsync("dues-run", "--year", "2027", "--approve", "--as", "office2");
        return $"/office/dues/{run.GetProperty("run").GetString()}";
    }

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Waits for a condition instead of a time.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> condition, int seconds = 120) => Waiting.UntilAsync(condition, seconds, what);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            host.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(Files, recursive: true);
    }
}
