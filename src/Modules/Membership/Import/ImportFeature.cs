using Association.Membership.Contracts;
using Association.Membership.Import.Pages;
using Association.Membership.Import.Preview;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.Import;

internal static class ImportFeature
{
    public const string Read = "membership.import.read";
    public const string Run = "membership.import.run";

    public static readonly Permission[] Permissions = [new(Read, PermissionKind.Read, Roles.Office), new(Run, PermissionKind.Act, Roles.Office)];

    public static readonly MenuEntry Menu = new("Menu.Import", MembershipPages.Import, "", Run, 150, typeof(ImportTexts));

    public static void AddServices(IServiceCollection services) => services.AddScoped<ImportPlanning>();

    public static void MapEndpoints(IEndpointRouteBuilder routes) => ErrorWorkbook.Map(routes);
}
