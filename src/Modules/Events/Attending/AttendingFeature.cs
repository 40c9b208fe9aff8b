using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;

namespace Association.Events.Attending;

/// <summary>The day itself: tickets, the door, who came and for how long.</summary>
internal static class AttendingFeature
{
    public const string CheckIn = "events.check-in";

    public static readonly Permission[] Permissions = [new(CheckIn, PermissionKind.Act, Roles.Office)];

    public static void MapEndpoints(IEndpointRouteBuilder routes) => AttendingDownloads.Map(routes);
}
