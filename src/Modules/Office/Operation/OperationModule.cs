using Association.Office.Contracts;
using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Own;
using Association.Office.Operation.Jobs.Pages;
using Association.Office.Operation.Messages;
using Association.Office.Operation.Outgoing;
using Association.Office.Setup;
using Association.Platform.Data.Migrations;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Office.Operation;

/// <summary>How the product itself is doing, for the administrator.</summary>
public sealed class OperationModule : IModule
{
    public string Name => "operation";

    public SchemaMigrations Migrations => new(Name, typeof(OperationModule).Assembly, Order: 60, Folder: "Operation");

    public IReadOnlyList<MenuEntry> Menu =>
        [
            new MenuEntry("Menu.Outgoing", OutgoingUrl.All, "mail", MailPermissions.Read, 915, typeof(OutgoingTexts)),
            new MenuEntry("Menu.Messages", MessagesUrl.Queues, "swap", MessagingPermissions.Read, 920, typeof(MessagesTexts)),
            new MenuEntry("Menu.Jobs", JobsUrl.All, "clock", OperationPermissions.ReadJobs, 930, typeof(JobsTexts)),
        ];

    public IReadOnlyList<Permission> Permissions =>
        [
            new(OperationPermissions.ReadJobs, PermissionKind.Read, Roles.Office, Roles.Board, Roles.Administrator),
            new(OperationPermissions.ManageJobs, PermissionKind.Act, Roles.Administrator),
            new(OperationPermissions.Scheduler, PermissionKind.Act, Roles.Administrator),
        ];

    public IReadOnlyList<JobDeclaration> Jobs => OwnJobs.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddJobs();
        services.AddScoped<SetupRules>();
        services.AddScoped<InstallationSetup>();
        services.AddScoped<IDemoRemoval, DemoRemoval>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        OutgoingDownload.Map(routes);
        SchedulerDashboard.Map(routes);
    }
}
