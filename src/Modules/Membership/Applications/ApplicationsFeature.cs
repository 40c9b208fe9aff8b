using Association.Membership.Applications.Deciding;
using Association.Membership.Applications.Form;
using Association.Membership.Applications.List;
using Association.Membership.Applications.Model;
using Association.Membership.Contracts;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.Applications;

internal static class ApplicationsFeature
{
    public const string Read = "membership.applications.read";
    public const string Edit = "membership.applications.edit";
    public const string Approve = "membership.applications.approve";

    public static readonly Permission[] Permissions =
    [
        new(Read, PermissionKind.Read, Roles.Office, Roles.Board),
        new(Edit, PermissionKind.Act, Roles.Office),
        new(Approve, PermissionKind.Approve, Roles.Office, Roles.Board),
    ];

    public static readonly MenuEntry Menu = new("Menu.Applications", MembershipPages.Applications, "", Read, 120, typeof(ApplicationTexts));

    public static void AddServices(IServiceCollection services) =>
        services.AddScoped<ApplicationsView>().AddScoped<ApplicationRules>().AddScoped<WelcomeLetters>().AddScoped<RefusalMail>();

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ApplyAddresses.Map(routes);
        ApplicationDownloads.Map(routes);
    }
}
