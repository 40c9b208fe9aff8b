using Association.Platform.Data.Settings;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Association.Host.Web.Shell;

/// <summary>The association as the shell of every page names it.</summary>
/// <remarks>Read before the page is rendered: the page of a refusal is not waited for.</remarks>
internal sealed class Site
{
    /// <summary>Null before the installation has a profile.</summary>
    public AssociationProfile? Profile { get; private set; }

    /// <summary>Languages that the association offers.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = OfficeRules.Default.Languages.Codes;

    /// <summary>Reads it for requests that end at a page.</summary>
    public static void UseSite(IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
                {
                    var site = context.RequestServices.GetRequiredService<Site>();
                    site.Profile = await ReadAsync(context);
                    site.Languages = (await context.RequestServices.GetRequiredService<IOfficeRules>().CurrentAsync(context.RequestAborted)).Languages.Codes;
                }
                await next(context);
            }
        );

    private static async Task<AssociationProfile?> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<IAssociationProfiles>().CurrentAsync(context.RequestAborted);
        }
        catch (KeyNotFoundException)
        {
            return null; // a new installation of one's own: its settings come after the first sign-in
        }
    }
}
