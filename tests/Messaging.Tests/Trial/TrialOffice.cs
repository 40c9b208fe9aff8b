using System.Runtime.CompilerServices;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Storing;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Wolverine.Runtime.Serialization;
using Xunit;

namespace Association.Messaging.Tests.Trial;

/// <summary>What the tests of the bus share: an office with the trial module, and looks into its database.</summary>
/// <param name="configure">Sets options of the bus.</param>
/// <param name="working">Whether this process handles messages; without, only its drains do.</param>
public abstract class TrialOffice(Action<MessagingOptions>? configure = null, bool working = true) : IAsyncLifetime
{
    internal static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private TestOffice? _office;

    /// <summary>Somebody who may do everything in the trial module and with the bus; for hosts that know no people.</summary>
    internal static readonly Actor Clerk = new(
        new UserId(Guid.CreateVersion7()),
        "Sekretariat",
        new HashSet<string> { TrialModule.Write, TrialModule.Read, MessagingPermissions.Manage, MessagingPermissions.Read }
    );

    protected TestOffice Office => _office!;

    /// <summary>A person of the office at work.</summary>
    protected OfficeScope Anna { get; private set; } = null!;

    internal Switchboard Board => Office.Services.GetRequiredService<Switchboard>();

    public async Task InitializeAsync()
    {
        _office = await TestOffice.CreateAsync(Configure, new TrialModule());
        Anna = Office.As(Roles.Office);
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();

    /// <summary>Another process on the same database, as far as the bus can tell.</summary>
    internal static async Task<ServiceProvider> HostAsync(
        string connectionString,
        Action<MessagingOptions>? options = null,
        Action<Switchboard>? behave = null,
        Action<IServiceCollection>? configure = null,
        bool working = true
    )
    {
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = connectionString };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, new TrialModule());
        services.Configure<MessagingOptions>(o => options?.Invoke(o));
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        behave?.Invoke(provider.GetRequiredService<Switchboard>());
        if (!working)
            return provider;
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return provider;
    }

    internal static async Task StopAsync(ServiceProvider host)
    {
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
    }

    /// <summary>Queue and subject of each effect, in the order of their commits.</summary>
    protected async Task<IReadOnlyList<string>> EffectsAsync() => await ReadAsync<string>("select queue || ':' || subject from trial.effect order by at");

    protected async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    protected async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>Stores a message as another release would: envelope and trail, in a queue of its choice.</summary>
    protected Task<int> StoreAsync(string queue, string name, string body, bool inFuture = false) =>
        StoreAsync(Guid.CreateVersion7(), owner: 0, queue, name, body, inFuture);

    /// <summary>The same, under the number of a node.</summary>
    protected Task<int> StoreAsync(Guid id, int owner, string queue, string name, string body, bool inFuture = false) =>
        ExecuteAsync(
            """
            insert into messaging.trail (id, queue, name, body, correlation_id) values (@id, @queue, @name, @body::json, @id);
            insert into messaging.wolverine_incoming_envelopes (id, received_at, message_type, body, owner_id, status, execution_time)
            values (@id, messaging.address_of(@queue), @name, @envelope, @owner, case when @inFuture then 'Scheduled' else 'Incoming' end, case
              when @inFuture then now() + interval '1 hour' end)
            """,
            new
            {
                id,
                owner,
                queue,
                name,
                body,
                inFuture,
                envelope = EnvelopeSerializer.Serialize(MessageWriter.Seal(id, name, queue, body)),
            }
        );

    private void Configure(IServiceCollection services)
    {
        services.Configure<MessagingOptions>(options => configure?.Invoke(options));
        if (!working)
            services.RemoveAll<IHostedService>();
    }

    /// <summary>Waits for a condition instead of a time.</summary>
    internal static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waiting.UntilAsync(condition, 180, what);
}
