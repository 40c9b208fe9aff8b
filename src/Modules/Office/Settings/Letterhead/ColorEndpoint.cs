using System.Text;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Theming;

namespace Association.Office.Settings.Letterhead;

/// <summary>The association's colour as a stylesheet of its own, since no page may carry a style.</summary>
internal static class ColorEndpoint
{
    // It says the same for ever, whoever asks: the colour is its address.
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/color/{color}.css",
                (string color, HttpResponse response) =>
                {
                    if (!AccentColor.TryParse(color, out var own) || !AccentPalette.Fits(own))
                        return Results.NotFound();
                    response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return Results.Text(new AccentPalette(own).ToCss(), "text/css", Encoding.UTF8);
                }
            )
            .AllowAnonymous();
}
