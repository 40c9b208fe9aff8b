using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Association.Benchmarks.Messaging;

/// <summary>The bus on a PostgreSQL of its own with the product's settings: what was committed is on the disk.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    private readonly OwnServer _server;
    private readonly ServiceProvider _provider;

    private BusHost(OwnServer server, ServiceProvider provider)
    {
        _server = server;
        _provider = provider;
    }

    public string ConnectionString => _server.ConnectionString;

    public NpgsqlDataSource Database => _provider.GetRequiredService<NpgsqlDataSource>();

    public static async Task<BusHost> StartAsync()
    {
        var server = await OwnServer.StartAsync(new Dictionary<string, string>());
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = server.ConnectionString };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddMessaging(typeof(BusHost).Assembly);
        services.AddSingleton(MessagingServices.Migrations);
        services.AddModuleDb<BenchDb>();
        services.Configure<MessagingOptions>(options => options.Parallelism = 8);
        var host = new BusHost(server, services.BuildServiceProvider());
        await host._provider.GetRequiredService<MigrationRunner>().MigrateAsync(CancellationToken.None);
        await host.ExecuteAsync("create schema bench; create table bench.effect (id uuid primary key, number int not null)");
        return host;
    }

    /// <summary>Someone who sends: a request of a page, or a job.</summary>
    public AsyncServiceScope Scope()
    {
        var scope = _provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        return scope;
    }

    public async Task StartWorkersAsync()
    {
        foreach (var hosted in _provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
    }

    public async Task StopWorkersAsync()
    {
        foreach (var hosted in _provider.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(CancellationToken.None);
    }

    /// <summary>Waits until no message is left.</summary>
    public async Task EmptyAsync()
    {
        await using var connection = await Database.OpenConnectionAsync();
        while (await connection.ExecuteScalarAsync<bool>("select exists (select from messaging.message)"))
            await Task.Delay(20);
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, commandTimeout: 600);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }
}
