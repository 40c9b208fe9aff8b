using Npgsql;
using Quartz;
using Quartz.Extensibility;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Makes schedulers on the product's database. One that is not started fires nothing, and does for pausing and resuming.</summary>
internal sealed class Schedulers(NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider clock, ILoggerFactory loggers)
{
    private const string Cluster = "association"; // stored with every row: hosts of this name share the work

    /// <summary>A time that is reached so much later counts as missed, and the job's declaration says what happens.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    /// <summary>A scheduler of its own; shut it down when it is no longer needed.</summary>
    /// <remarks>The first one on a database makes Quartz's tables.</remarks>
    public ValueTask<IScheduler> CreateAsync(CancellationToken ct) => QuartzSchedulerBuilder.Create(Configure).BuildScheduler(ct);

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(loggers);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = Cluster;
            scheduler.GenerateInstanceId = true;
        });
        quartz.UseDefaultThreadPool(maxConcurrency: 2); // firing stores a message; the work is the bus's
        quartz.UseTimeProvider(clock);
        quartz.UseJobFactory(new FiringFactory(scopes, loggers.CreateLogger<Firing>()));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => database);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster => cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(20)); // longer than a host may pause without being dead
            store.ProvisionSchema();
            store.ConfigureStore(tables =>
            {
                tables.TablePrefix = "quartz.qrtz_";
                tables.StoreJobDataAsStrings = true;
                tables.MisfireThreshold = LateAfter;
                tables.AcceptEnlistedTransactions = true;
                tables.RecoverFiringsCancelledByShutdown = true;
            });
        });
    }

    private sealed class FiringFactory(IServiceScopeFactory scopes, ILogger<Firing> log) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) => new(new JobScope(new Firing(scopes, log), null));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => default;
    }
}
