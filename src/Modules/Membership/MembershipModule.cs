using Association.Membership.Applications;
using Association.Membership.Board;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues;
using Association.Membership.Import;
using Association.Membership.Members;
using Association.Membership.Members.Categories;
using Association.Membership.Members.Record;
using Association.Membership.Renewals;
using Association.Membership.Renewals.Year;
using Association.Membership.SelfDeclarations;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership;

/// <summary>Members, their contacts and categories, the import of lists, the dues regulation and the dues runs.</summary>
public sealed class MembershipModule : IModule
{
    /// <inheritdoc/>
    public string Name => MembershipDb.SchemaName;

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> Menu =>
        [MembersFeature.Menu(ApplicationsFeature.Menu, ImportFeature.Menu, DuesFeature.Menu, SelfDeclarationsFeature.Menu, RenewalsFeature.Menu)];

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> New => [MembersFeature.New];

    /// <inheritdoc/>
    public IReadOnlyList<Permission> Permissions =>
        [
            .. MembersFeature.Permissions,
            .. ApplicationsFeature.Permissions,
            .. ImportFeature.Permissions,
            .. DuesFeature.Permissions,
            .. SelfDeclarationsFeature.Permissions,
        ];

    /// <inheritdoc/>
    public IReadOnlyList<JobDeclaration> Jobs => [DraftDuesRun.Job, .. SelfDeclarationsFeature.Jobs];

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<MembershipDb>();
        services.AddScoped<IChargedCategories, ChargedCategories>();
        services.AddScoped<IMemberCategories, MemberCategories>();
        services.AddScoped<ILiveMembers, LiveMembers>();
        MembersFeature.AddServices(services);
        ApplicationsFeature.AddServices(services);
        ImportFeature.AddServices(services);
        DuesFeature.AddServices(services);
        RenewalsFeature.AddServices(services);
        SelfDeclarationsFeature.AddServices(services);
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        MembersFeature.MapEndpoints(routes);
        ApplicationsFeature.MapEndpoints(routes);
        ImportFeature.MapEndpoints(routes);
        DuesFeature.MapEndpoints(routes);
        SelfDeclarationsFeature.MapEndpoints(routes);
    }
}
