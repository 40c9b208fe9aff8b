using Association.EndToEnd.Tests.CommandLine;
using Association.Platform.Data.Postgres;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Association.EndToEnd.Tests.Setup;

/// <summary>A folder that <c>setup</c> made an association's own installation in; its database runs as long as the tests of the class.</summary>
public sealed class OwnInstallation : IAsyncLifetime
{
    public const string Password = "Kartoffelsuppe mit Speck";
    public const string Login = "k.weber";

    /// <summary>What is typed behind <c>setup</c>.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        "setup",
        "--name",
        "Ärztenetz Saarpfalz e. V.",
        "--street",
        "Hauptstraße 5",
        "--postal-code",
        "66386",
        "--town",
        "St. Ingbert",
        "--bank",
        "Deutsche Kreditbank Berlin",
        "--iban",
        "de02 1203 0000 0000 2020 51",
        "--creditor-id",
        "DE98ZZZ09999999999",
        "--admin-name",
        "Karin Weber",
        "--admin-login",
        Login,
        "--admin-email",
        "k.weber@aerztenetz.example",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("association-own-").FullName;
    private EmbeddedPostgres? _postgres;

    /// <summary>Where the association lies.</summary>
    public string Data => Path.Combine(_folder, "verein");

    /// <summary>What the verb said.</summary>
    internal (int Exit, string Output, string Error) Said { get; private set; }

    internal OfficeProgram Program => OfficeProgram.In(Data);

    public async Task InitializeAsync()
    {
        var logo = Path.Combine(_folder, "logo.png");
        await File.WriteAllBytesAsync(logo, Testing.Pictures.Logo(40, 20));
        Said = await Program.TypeAsync(Password + "\n", [.. Words, "--logo", logo, "--json"]);
        _postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(Data), NullLogger.Instance, CancellationToken.None);
    }

    /// <summary>Looks into the database.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_postgres!.ConnectionString);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    public async Task DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
