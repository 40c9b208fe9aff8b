using Association.Platform.Data;
using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Hangfire.States;
using Npgsql;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>
/// Hangfire on the product's database. Only a running office starts a server of it. Hangfire's own retries, culture and continuations are left out: a firing
/// stores a message, and the work is the bus's.
/// </summary>
internal sealed class HangfireOffice : IAsyncDisposable
{
    private const int Workers = 2;
    private const int MostConnections = 20; // of its own: it may hold one and ask for another

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly JobFilterCollection _filters = new() { new StatisticsHistoryAttribute() }; // without the default ones, which retry
    private readonly DefaultTimeZoneResolver _zones = new();
    private readonly IServiceProvider _services;
    private readonly TimeProvider _clock;
    private readonly NpgsqlDataSource _database;

    public HangfireOffice(IConfiguration configuration, IServiceProvider services, TimeProvider clock)
    {
        (_services, _clock) = (services, clock);
        _database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(DataServices.ConnectionString(configuration)) { MaxPoolSize = MostConnections }.ConnectionString
        );
        Storage = new PostgreSqlStorage(
            new Connections(_database),
            new PostgreSqlStorageOptions
            {
                SchemaName = HangfireSchema.SchemaName,
                PrepareSchemaIfNecessary = false, // by us, one host at a time
                QueuePollInterval = BetweenLooks,
                InvisibilityTimeout = TimeSpan.FromSeconds(20), // longer than a host may pause without being dead; a firing that is repeated changes nothing
                UseSlidingInvisibilityTimeout = true,
                DistributedLockTimeout = TimeSpan.FromSeconds(30), // a host that died holding one stops the others no longer
            }
        );
    }

    /// <summary>What is stored, in the schema <see cref="HangfireSchema.SchemaName"/>.</summary>
    public JobStorage Storage { get; }

    /// <summary>Writes the schedule.</summary>
    public RecurringJobManager Schedule => new(Storage, _filters, _zones, Now);

    /// <summary>A server that fires from now on, together with those of other hosts.</summary>
    public BackgroundProcessingServer StartServer()
    {
        var performer = new BackgroundJobPerformer(_filters, new Activator(_services), TaskScheduler.Default);
        var states = new BackgroundJobStateChanger(_filters);
        string[] queues = [EnqueuedState.DefaultQueue];
        IBackgroundProcess[] processes =
        [
            new RecurringJobScheduler(new BackgroundJobFactory(_filters), BetweenLooks, _zones, Now),
            .. Enumerable.Range(0, Workers).Select(_ => new Worker(queues, performer, states)),
        ];
        return new BackgroundProcessingServer(Storage, processes, new Dictionary<string, object> { ["Queues"] = queues, ["WorkerCount"] = Workers });
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private DateTime Now() => _clock.GetUtcNow().UtcDateTime;

    private sealed class Connections(NpgsqlDataSource database) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
    }

    private sealed class Activator(IServiceProvider services) : JobActivator
    {
        public override object ActivateJob(Type jobType) => services.GetRequiredService(jobType);
    }
}
