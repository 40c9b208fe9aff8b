using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data.Users;
using Association.Platform.Web.Security;
using Hangfire;
using Hangfire.Dashboard;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary>
/// Hangfire's own pages, for whoever wants to see why something was not fired. They only show: a job is run, paused and resumed by our commands. They keep to
/// the content security policy of all other pages.
/// </summary>
internal static class SchedulerDashboard
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var hangfire = routes.ServiceProvider.GetRequiredService<HangfireOffice>();
        var schema = routes.ServiceProvider.GetRequiredService<HangfireSchema>();
        var options = new DashboardOptions
        {
            Authorization = [new PermittedOnly()],
            IsReadOnlyFunc = _ => true,
            AppPath = JobsUrl.All,
            FaviconPath = "/favicon.svg",
            DashboardTitle = "Hangfire",
            DisplayStorageConnectionString = false,
        };
        var pages = routes.CreateApplicationBuilder();
        pages.UsePathBase(JobsUrl.Scheduler);
        pages.Use(
            async (context, next) =>
            {
                await schema.BuildAsync(context.RequestAborted); // an office that fires nothing has no tables yet
                await next(context);
            }
        );
        pages.UseMiddleware<AspNetCoreDashboardMiddleware>(hangfire.Storage, options, DashboardRoutes.Routes);
        pages.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        routes.Map(JobsUrl.Scheduler + "/{**page}", pages.Build()).WithMetadata(new RequirePermissionAttribute(OperationPermissions.Scheduler));
    }

    private sealed class PermittedOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) =>
            context.GetHttpContext().RequestServices.GetRequiredService<CurrentUser>().Actor.May(OperationPermissions.Scheduler);
    }
}
