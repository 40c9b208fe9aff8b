using Association.Membership.Contracts;
using Association.Membership.SelfDeclarations.Desk;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.SelfDeclarations;

/// <summary>The yearly round in which members tell the number that their dues are measured by.</summary>
internal static class SelfDeclarationsFeature
{
    public const string Read = "membership.declarations.read";
    public const string Manage = "membership.declarations.manage";

    public static readonly Permission[] Permissions =
    [
        new(Read, PermissionKind.Read, Roles.Office, Roles.Board),
        new(Manage, PermissionKind.Act, Roles.Office),
    ];

    public static readonly JobDeclaration[] Jobs =
    [
        new("membership.tend-declarations", "0 30 7 * * ?", LateRun.Once, "Job.Tend", typeof(DeclarationTexts), run => new TendDeclarations(run.BusinessDate)),
    ];

    public static readonly MenuEntry Menu = new("Menu", MembershipPages.Declarations, "", Read, 135, typeof(DeclarationTexts));

    /// <summary>The secrets that open the form.</summary>
    public static readonly PersonalLinks Links = new("membership.declaration_link");

    public static void AddServices(IServiceCollection services) =>
        services.AddScoped<RoundOpening>().AddScoped<DeclarationPost>().AddScoped<DeclarationsView>();

    public static void MapEndpoints(IEndpointRouteBuilder routes) => DeclarationDownloads.Map(routes);
}
