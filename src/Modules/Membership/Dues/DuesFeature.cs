using Association.Membership.Contracts;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Regulation.Approval;
using Association.Membership.Dues.Regulation.Simulation;
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
        new(Read, Roles.Office, Roles.Board),
        new(Prepare, Roles.Office),
        new(Approve, Roles.Office, Roles.Board),
        new(Execute, Roles.Office, Roles.Board),
        new(Correct, Roles.Office),
    ];

    public static readonly MenuEntry Menu = new("Menu.DuesRuns", MembershipPages.Dues, "", Read, 140, typeof(DuesTexts));

    public static void AddServices(IServiceCollection services) => services.AddScoped<IDuesCharges, DuesCharges>().AddScoped<IDuesComparisons, DuesComparisons>();

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ChargesWorkbook.Map(routes);
        ResolutionDownload.Map(routes);
        SimulationWorkbook.Map(routes);
    }
}
