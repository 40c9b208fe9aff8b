using System.Buffers.Text;
using System.Security.Cryptography;
using Association.Events.Calendars;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace Association.Events.Publishing;

/// <summary>The files for calendars, each at its own address in each language. Who subscribes asks again and again: what has not changed is not sent
/// again.</summary>
internal static class CalendarDownloads
{
    private const string Language = "/{language:regex(^(de|fr|en)$)}";
    private const int SecondsKept = 300;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(EventsPages.Calendar + ".ics", FeedAsync).AllowAnonymous();
        routes.MapGet(Language + EventsPages.Calendar + ".ics", FeedAsync).AllowAnonymous();
        routes.MapGet(EventsPages.Calendar + "/{slug}.ics", OneAsync).AllowAnonymous();
        routes.MapGet(Language + EventsPages.Calendar + "/{slug}.ics", OneAsync).AllowAnonymous();
    }

    private static async Task<IResult> OneAsync(HttpContext context, string slug, IMessageBus bus, CancellationToken ct) =>
        await bus.QueryAsync(new ReadPublicEvent(slug), ct) is { } plan
            ? File(context, CalendarFile.Of(plan, Words.Reader, Site(context) + EventsPages.Public(plan.Slug, Words.Reader)), plan.Slug + ".ics")
            : Results.NotFound();

    private static async Task<IResult> FeedAsync(
        HttpContext context,
        IMessageBus bus,
        IAssociationProfiles profiles,
        IStringLocalizer<PublicEventTexts> texts,
        CancellationToken ct
    )
    {
        EventKind? kind = Enum.TryParse<EventKind>(context.Request.Query["kind"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : null;
        var plans = await bus.QueryAsync(new ReadCalendar(kind), ct);
        var association = await profiles.CurrentAsync(ct);
        var (language, site) = (Words.Reader, Site(context));
        return File(
            context,
            CalendarFile.Of(plans, texts["Feed.Name", association.ShortName], language, slug => site + EventsPages.Public(slug, language)),
            null
        );
    }

    private static IResult File(HttpContext context, byte[] bytes, string? name)
    {
        context.Response.Headers.CacheControl = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"public, max-age={SecondsKept}");
        return Results.File(
            bytes,
            CalendarFile.MediaType,
            name,
            entityTag: new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(bytes))}\"")
        );
    }

    private static string Site(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
