using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Association.Host.Health;

/// <summary>For load balancers and supervisors: <c>/health/live</c> (the process runs) and <c>/health/ready</c> (it can work).</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready").AllowAnonymous();
    }
}
