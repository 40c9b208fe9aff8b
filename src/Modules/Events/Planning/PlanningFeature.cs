using Association.Platform.Web.Modules;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Events.Planning;

/// <summary>What an event is: texts, time and place, programme, tickets; kept as documents.</summary>
internal static class PlanningFeature
{
    public static IReadOnlyList<Permission> Permissions => [];

    public static void Documents(StoreOptions options) { }

    public static void AddServices(IServiceCollection services) { }
}
