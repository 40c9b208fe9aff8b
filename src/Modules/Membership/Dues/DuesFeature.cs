using Association.Membership.Contracts;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Regulation.Approval;
using Association.Membership.Dues.Regulation.Simulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.Dues;

internal static class DuesFeature
{
    public const string Read = "membership.dues.read";
    public const string Prepare = "membership.dues.prepare";
    public const string Approve = "membership.dues.approve";
    public const string Execute = "membership.dues.execute";
    public const string Correct = "membership.dues.correct";

    public static readonly Permission[] Permissions =
    [
        new(Read, PermissionKind.Read, Roles.Office, Roles.Board),
        new(Prepare, PermissionKind.Act, Roles.Office),
        new(Approve, PermissionKind.Approve, Roles.Office, Roles.Board),
        new(Execute, PermissionKind.Act, Roles.Office, Roles.Board),
        new(Correct, PermissionKind.Act, Roles.Office),
    ];

    public static readonly MenuEntry Menu = new("Menu.DuesRuns", MembershipPages.Dues, "", Read, 140, typeof(DuesTexts));

    public static void AddServices(IServiceCollection services) =>
        services.AddScoped<IDuesCharges, DuesCharges>().AddScoped<IDuesComparisons, DuesComparisons>().AddScoped<IDuesRuns, DuesRunNames>();

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ChargesWorkbook.Map(routes);
        ResolutionDownload.Map(routes);
        SimulationWorkbook.Map(routes);
    }
}
