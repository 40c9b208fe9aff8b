using System.Security.Cryptography;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.Net.Http.Headers;

namespace Association.Office.Settings.Letterhead;

/// <summary>Logos as pictures, the letterhead as a sample letter.</summary>
internal static class LogoEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/logo/{id:guid}", InUseAsync).AllowAnonymous();
        routes.MapGet(SettingsUrl.Logos + "/{id:guid}", AnyAsync);
        routes.MapGet(SettingsUrl.Preview, PreviewAsync);
    }

    // Only the one that every visitor sees anyway. Its address holds its id, so a browser may keep it for good.
    private static async Task<IResult> InUseAsync(Guid id, IAssociationProfiles profiles, HttpResponse response, CancellationToken ct)
    {
        if ((await profiles.CurrentAsync(ct)).Logo is not { } logo || logo.Id != id)
            return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Answer(logo);
    }

    [RequirePermission(SettingsModule.Read)]
    private static async Task<IResult> AnyAsync(Guid id, AssociationLogos logos, HttpResponse response, CancellationToken ct)
    {
        if (await logos.FindAsync(id, ct) is not { } logo)
            return Results.NotFound();
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Answer(logo);
    }

    [RequirePermission(SettingsModule.Read)]
    private static async Task<IResult> PreviewAsync(string? logo, IMessageBus bus, CancellationToken ct) =>
        Results.Bytes(await bus.QueryAsync(new PreviewLetterhead(Guid.TryParse(logo, out var id) ? id : null), ct), "application/pdf");

    private static IResult Answer(AssociationLogo logo) =>
        Results.Bytes(logo.Bytes, logo.MediaType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(logo.Bytes.Span))}\""));
}
