using System.Globalization;
using Association.Host.Startup;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Association.EndToEnd.Tests;

/// <summary>The whole product, composed as it is delivered, on real Kestrel and a database of its own: a demo installation on 23 November 2026.</summary>
public sealed class OfficeHost : IAsyncLifetime
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://127.0.0.1:0"); // before the builder decides on a port
        var builder = HostComposition.CreateBuilder();
        builder.Configuration["Limits:SignInsPerMinute"] = "10000"; // every test signs in from one address
        var schemas = builder.Services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>().ToList();
        _database = await TestDatabase.MigratedAsync(schemas);
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
            await connection.ExecuteAsync("insert into platform.installation (kind, demo_data) values ('demo', 'wished')");
        builder.Configuration["ConnectionStrings:Association"] = _database.ConnectionString;
        _app = builder.Build();
        await OfficeServer.StartAsync(_app, new Invocation(AppContext.BaseDirectory, null, Today, Json: false), CancellationToken.None);
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>A connection to look at, or prepare, what no page shows.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_database!.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        if (_database is not null) await _database.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OfficeCollection : ICollectionFixture<OfficeHost>, ICollectionFixture<Chromium>
{
    public const string Name = "office";
}
