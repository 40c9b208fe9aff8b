using Association.Host.Operation.Jobs.Pages;
using Association.Host.Operation.Jobs.Runs;
using Association.Host.Operation.Jobs.Scheduling;
using Association.Platform.Data.Backups;

namespace Association.Host.Operation.Jobs;

/// <summary>Registration of scheduled jobs.</summary>
internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobCatalog>();
        services.AddSingleton<StoredSchedule>();
        services.AddSingleton<HangfireOffice>();
        services.AddSingleton<HangfireSchema>();
        services.AddSingleton<IForeignSchema>(provider => provider.GetRequiredService<HangfireSchema>());
        services.AddSingleton<IForeignSchema, FormerSchedule>();
        services.AddSingleton<Firing>();
        services.AddSingleton<SchedulerState>();
        services.AddSingleton<OverdueJobs>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<RunSettlement>();
        services.AddScoped<StartedRuns>();
        services.AddScoped<JobPauses>();
        services.AddScoped<JobWords>();
        services.AddHostedService<JobScheduler>();
        services.AddHostedService<SettlingRuns>();
        return services;
    }
}
