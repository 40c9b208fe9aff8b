using Microsoft.AspNetCore.Routing;

namespace Association.Events.Publishing;

/// <summary>What the public sees of events: calendar, pages, and the same for calendars on phones and desks.</summary>
internal static class PublishingFeature
{
    public static void MapEndpoints(IEndpointRouteBuilder routes) => CalendarDownloads.Map(routes);
}
