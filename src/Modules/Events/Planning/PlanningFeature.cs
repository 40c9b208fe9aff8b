using Association.Events.Contracts;
using Association.Events.Planning.Lists;
using Association.Events.Planning.Model;
using Association.Platform.Web.Modules;
using Marten;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weasel.Postgresql.Tables;

namespace Association.Events.Planning;

/// <summary>What an event is: texts, time and place, programme, tickets; kept as documents.</summary>
internal static class PlanningFeature
{
    public const string Read = "events.plan.read";
    public const string Manage = "events.plan.manage";

    public static IReadOnlyList<Permission> Permissions =>
        [new(Read, PermissionKind.Read, Roles.Office, Roles.Board), new(Manage, PermissionKind.Act, Roles.Office)];

    public static readonly MenuEntry Menu = new("Menu", EventsPages.Events, "calendar", Read, 300, typeof(EventTexts));

    public static readonly MenuEntry New = new("Menu.New", EventsPages.NewEvent, "plus", Manage, 300, typeof(EventTexts));

    public static void Documents(StoreOptions options) =>
        options
            .Schema.For<EventPlan>()
            .UseNumericRevisions(true)
            .Duplicate(plan => plan.Number, notNull: true, configure: Unique)
            .Duplicate(plan => plan.Slug, notNull: true, configure: Unique)
            .Duplicate(plan => plan.Kind, notNull: true)
            .Duplicate(plan => plan.Stage, notNull: true)
            .Duplicate(plan => plan.Visibility, notNull: true)
            .Duplicate(plan => plan.Title.De, notNull: true)
            .Duplicate(plan => plan.Starts, notNull: true)
            .Duplicate(plan => plan.Ends, notNull: true);

    public static void AddServices(IServiceCollection services) => services.AddScoped<PlanRules>().AddScoped<EventsView>();

    public static void MapEndpoints(IEndpointRouteBuilder routes) => EventDownloads.Map(routes);

    private static void Unique(IndexDefinition index) => index.IsUnique = true;
}
