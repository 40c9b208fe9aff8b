using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Association.Host.Health;

/// <summary>For load balancers and supervisors: <c>/health/live</c> (the process runs) and <c>/health/ready</c> (it can work).</summary>
internal static class HealthEndpoints
{
    // A database that does not answer must not keep the answer waiting for longer than a proxy has patience.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<MessagesHealthOptions>(configuration.GetSection("Health"));
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", timeout: Patience)
            .AddCheck<MessagesHealth>("messages", timeout: Patience)
            .AddCheck<MailHealth>("mail", timeout: Patience);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.Select(check => new
                {
                    name = check.Key,
                    status = check.Value.Status.ToString(),
                    text = TextOf(check.Value),
                }),
            },
            context.RequestAborted
        );

    // Open to everybody: what a check says, and never an exception, which may quote anything.
    private static string TextOf(HealthReportEntry check) =>
        check.Exception is { } e && (check.Description is null || check.Description == e.Message)
            ? "The check itself failed; the log says why."
            : check.Description ?? "";
}
