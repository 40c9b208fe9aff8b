using System.Runtime.CompilerServices;
using Association.Office.Operation;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Office.People;
using Association.Office.Settings;
using Association.Office.Today;
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
using Xunit;

namespace Association.Office.Tests.Trial;

/// <summary>What tests of jobs share: a database, hosts that come and go on it, and looks into it.</summary>
public abstract class JobOffice : IAsyncLifetime
{
    private readonly List<JobHost> _hosts = [];
    private TestDatabase? _database;

    protected string ConnectionString => _database!.ConnectionString;

    public async Task InitializeAsync()
    {
        var services = JobHost.Compose("", new FakeClock());
        _database = await TestDatabase.MigratedAsync([.. services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>()]);
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await _database!.DisposeAsync();
    }

    /// <summary>A host with these jobs; like a process of its own, as far as bus and schedule can tell.</summary>
    /// <param name="now">What its clock says when it starts; null is the real time.</param>
    /// <param name="running">Whether workers and scheduler run, as in an office; a verb has neither.</param>
    protected async Task<JobHost> HostAsync(DateTimeOffset? now = null, bool running = true, params JobDeclaration[] jobs)
    {
        var clock = new FakeClock();
        if (now is { } time)
            clock.Set(time);
        var host = new JobHost(JobHost.Compose(ConnectionString, clock, jobs));
        _hosts.Add(host);
        if (running)
            await host.StartAsync();
        return host;
    }

    /// <summary>Leaves the schedule of these jobs as a host left it that was stopped at this time; the next host fires what came due since.</summary>
    protected async Task ScheduleAsync(DateTimeOffset now, params JobDeclaration[] jobs)
    {
        var host = await HostAsync(now, jobs: jobs);
        await UntilScheduledAsync([.. jobs.Select(j => j.Name)]);
        await host.StopAsync();
    }

    protected async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Times of the runs of a job, as the schedule means them.</summary>
    protected async Task<IReadOnlyList<DateTimeOffset>> RunsOfAsync(string job) =>
        [
            .. (await ReadAsync<DateTime>("select fire_time from operation.job_run where job = @job order by fire_time", new { job })).Select(
                t => new DateTimeOffset(t, TimeSpan.Zero)
            ),
        ];

    protected Task<IReadOnlyList<string>> EffectsAsync() => ReadAsync<string>("select job from trial.effect order by id");

    /// <summary>Waits for a condition instead of a time.</summary>
    protected static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waiting.UntilAsync(condition, 90, what);

    /// <summary>Waits until a host has taken over the schedule of its declarations.</summary>
    protected Task UntilScheduledAsync(params string[] jobs) =>
        UntilAsync(async () =>
            (await ReadAsync<bool>("select to_regclass('hangfire.hash') is not null")) is [true]
            && (await FieldsAsync("NextExecution")).Keys.Intersect(jobs).Count() == jobs.Length
        );

    /// <summary>A field of Hangfire's stored schedule, by job.</summary>
    protected async Task<IReadOnlyDictionary<string, string>> FieldsAsync(string field) =>
        (
            await ReadAsync<(string Job, string Value)>(
                "select substr(key, 15), value from hangfire.hash where key like 'recurring-job:%' and field = @field",
                new { field }
            )
        ).ToDictionary(r => r.Job, r => r.Value, StringComparer.Ordinal);
}

/// <summary>One host of a test.</summary>
public sealed class JobHost(IServiceCollection services) : IAsyncDisposable
{
    private readonly ServiceProvider _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    private bool _running;

    public IServiceProvider Services => _provider;

    public DateTimeOffset Now => _provider.GetRequiredService<TimeProvider>().GetUtcNow();

    public static IServiceCollection Compose(string connectionString, TimeProvider clock, params JobDeclaration[] jobs)
    {
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = connectionString };
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(
            configuration,
            new IdentityModule(),
            new SettingsModule(),
            new OperationModule(),
            new TodayModule(),
            new TrialModule(jobs)
        );
        services.AddSingleton<SchedulerHealth>();
        services.Configure<MessagingOptions>(options => options.RetryDelayScale = 0); // what fails reaches its end at once
        return services;
    }

    public async Task StartAsync()
    {
        _running = true;
        foreach (var hosted in _provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (!_running)
            return;
        _running = false;
        foreach (var hosted in _provider.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(CancellationToken.None);
    }

    /// <summary>Invokes as the administrator, and waits for nothing.</summary>
    internal async Task InvokeAsync(object command, Guid? formToken = null)
    {
        await using var scope = Scope(Roles.Administrator);
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        bus.FormToken = formToken;
        await bus.InvokeAsync(command);
    }

    internal async Task<T> AskAsync<T>(IQuery<T> query, string role = Roles.Administrator)
    {
        await using var scope = Scope(role);
        return await scope.ServiceProvider.GetRequiredService<IMessageBus>().QueryAsync(query);
    }

    /// <summary>Services in which somebody of this role acts; null: the product itself.</summary>
    internal AsyncServiceScope Scope(string? role)
    {
        var scope = _provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = role is null
            ? Actor.System
            : new Actor(
                DemoPeople.All.First(p => p.Role == role).Id,
                DemoPeople.All.First(p => p.Role == role).Name,
                _provider.GetRequiredService<PermissionCatalog>().HeldBy(role)
            );
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _provider.DisposeAsync();
    }
}
