using System.Collections.Concurrent;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Association.Testing;

/// <summary>An office of one's own: a migrated database, the modules composed as the host composes them, and people who act.</summary>
/// <remarks>One for a test class, or for a test that needs the whole database to itself.</remarks>
public sealed class TestOffice : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _provider;
    private readonly ConcurrentBag<OfficeScope> _scopes = [];

    private TestOffice(TestDatabase database, ServiceProvider provider, FakeClock clock)
    {
        _database = database;
        _provider = provider;
        Clock = clock;
    }

    /// <summary>What time it is in this office.</summary>
    public FakeClock Clock { get; }

    /// <summary>The root services; use <see cref="As"/> for whatever acts.</summary>
    public IServiceProvider Services => _provider;

    /// <summary>Connections to the office's database, for looking at what was written.</summary>
    public NpgsqlDataSource Database => _provider.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Leads to the office's database.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>Opens an office with these modules; its day is today.</summary>
    public static Task<TestOffice> CreateAsync(params IModule[] modules) => CreateAsync(null, modules);

    /// <summary>Opens an office, with services of the test's own put in after all others.</summary>
    public static async Task<TestOffice> CreateAsync(Action<IServiceCollection>? configure, params IModule[] modules)
    {
        var configuration = new ConfigurationManager();
        var clock = new FakeClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, modules);
        services.Configure<MessagingOptions>(options => options.RetryDelayScale = 0); // what fails reaches its end at once
        configure?.Invoke(services);
        var schemas = services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>().ToList();
        var database = await TestDatabase.MigratedAsync(schemas);
        configuration["ConnectionStrings:Association"] = database.ConnectionString;
        var office = new TestOffice(
            database,
            services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }),
            clock
        );
        foreach (var background in office._provider.GetServices<IHostedService>())
            await background.StartAsync(CancellationToken.None);
        return office;
    }

    /// <summary>A scope in which one of <see cref="DemoPeople"/> acts, with the permissions that the modules give the role from the start.</summary>
    /// <param name="who">A login (<c>office2</c>) or a role (<see cref="Roles.Board"/>).</param>
    /// <exception cref="ArgumentException">Nobody has that login or role.</exception>
    public OfficeScope As(string who)
    {
        var person =
            DemoPeople.All.FirstOrDefault(p => p.Login == who)
            ?? DemoPeople.All.FirstOrDefault(p => p.Role == who)
            ?? throw new ArgumentException($"No demo person has the login or role '{who}'.", nameof(who));
        return As(new Actor(person.Id, person.Name, _provider.GetRequiredService<PermissionCatalog>().HeldBy(person.Role)));
    }

    /// <summary>A scope in which any actor acts. It ends with the office, if not before.</summary>
    public OfficeScope As(Actor actor)
    {
        var scope = new OfficeScope(_provider.CreateAsyncScope(), actor);
        _scopes.Add(scope);
        return scope;
    }

    /// <summary>Waits until everything that the scopes of this office caused has settled.</summary>
    /// <exception cref="InvalidOperationException">Something ended as a dead letter; <see cref="OfficeScope.DrainAsync"/> reports instead of
    /// throwing.</exception>
    public async Task DrainAsync(CancellationToken ct = default)
    {
        foreach (var scope in _scopes)
            if ((await scope.DrainAsync(ct)).DeadLettered is [var failed, ..])
                throw new InvalidOperationException($"{failed.Queue} failed: {failed.Error}");
    }

    /// <summary>Stops what runs in the background, then drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var background in _provider.GetServices<IHostedService>().Reverse())
            await background.StopAsync(CancellationToken.None);
        foreach (var scope in _scopes)
            await scope.DisposeAsync();
        await _provider.DisposeAsync();
        await _database.DisposeAsync();
    }
}
