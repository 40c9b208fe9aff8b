using Association.Office.Operation.Jobs.Pages;
using Association.Office.Operation.Jobs.Runs;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data.Backups;

namespace Association.Office.Operation.Jobs;

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
        services.AddHealthChecks().AddCheck<SchedulerHealth>("scheduler", timeout: TimeSpan.FromSeconds(5)); // like those of the host: a proxy has no more patience
        return services;
    }
}
