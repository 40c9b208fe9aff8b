using System.Globalization;
using Association.Host.Installations;
using Association.Host.Startup;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace Association.Architecture.Tests.Running;

/// <summary>
/// The whole product on real Kestrel and a demo's data, without its work in the background, and with one connection for all modules: whoever holds it and
/// asks for another gets none, and fails after two seconds.
/// </summary>
public sealed class NarrowOffice : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>One of the demo's people, signed in; nobody with an empty login.</summary>
    public async Task<HttpVisit> VisitAsync(string login)
    {
        var visit = new HttpVisit(Address);
        return login.Length == 0 ? visit : await visit.SignInAsync(login);
    }

    /// <summary>Says that there was no second connection, in whatever else it is wrapped.</summary>
    public static bool IsSecondConnection(Exception? e) =>
        e is not null
        && (
            e.Message.Contains("connection pool has been exhausted", StringComparison.Ordinal)
            || IsSecondConnection(e.InnerException)
            || (e is AggregateException several && several.InnerExceptions.Any(IsSecondConnection))
        );

    public async Task InitializeAsync()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        _database = await TestDatabase.MigratedAsync([
            .. HostComposition.CreateBuilder().Services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>(),
        ]);
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var kind = new NpgsqlCommand("insert into platform.installation (kind, demo_data) values ('demo', 'wished')", connection);
            await kind.ExecuteNonQueryAsync();
        }
        var invocation = new Invocation(AppContext.BaseDirectory, null, Today, Json: false);
        await using (var first = Build(_database.ConnectionString))
            await first.Services.GetRequiredService<Installation>().OpenAsync(invocation, asOffice: true, CancellationToken.None);
        _app = Build(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxPoolSize = 1, Timeout = 2 }.ConnectionString);
        await OfficeServer.StartAsync(_app, invocation, CancellationToken.None);
        Address = new Uri(_app.Urls.First());

        // A run that waits for the board: its page says what is wrong with members, and not everybody may mend it.
        using var office = await VisitAsync("office");
        await office.SubmitAsync("/office/dues", "start", ("Year", "2027"));
        await office.SubmitAsync("/office/dues/2027-1", "submit");
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        if (_database is not null)
            await _database.DisposeAsync();
    }

    // What works in the background holds connections of its own.
    private static WebApplication Build(string connectionString)
    {
        var builder = HostComposition.CreateBuilder(
            "--urls=http://127.0.0.1:0",
            "--Limits:SignInsPerMinute=10000",
            "--Limits:UploadsPerMinute=10000",
            $"--ConnectionStrings:Association={connectionString}"
        );
        foreach (var background in builder.Services.Where(IsOurBackground).ToList())
            builder.Services.Remove(background);
        return builder.Build();
    }

    private static bool IsOurBackground(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)?.FullName?.StartsWith("Association", StringComparison.Ordinal)
            == true;
}

[CollectionDefinition(Name)]
public sealed class NarrowCollection : ICollectionFixture<NarrowOffice>
{
    public const string Name = "narrow office";
}
