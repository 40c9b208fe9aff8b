using Association.Platform.Web.Security;

namespace Association.Host.Web.Security;

/// <summary>What the browser is told about every answer.</summary>
/// <remarks>
/// Nothing is kept, neither by the browser nor on the way: pages, downloads and exports are of people and money, and the next one at this screen is
/// somebody else. What may be kept says so itself (stylesheets, the logo).
/// </remarks>
internal static class SecurityHeaders
{
    /// <summary>No other host, no inline script, no inline style.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = Permissions("");
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                context.Response.OnStarting(KeepNothing, context.Response);
                return next(context);
            }
        );

    private static string Permissions(string camera) => $"camera=({camera}), microphone=(), geolocation=(), payment=()";

    private static Task KeepNothing(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        var page = ((HttpResponse)response).HttpContext.GetEndpoint()?.Metadata;
        // Its address is the secret itself.
        if (page?.GetMetadata<SecretPageAttribute>() is not null)
            headers["Referrer-Policy"] = "no-referrer";
        if (page?.GetMetadata<CameraPageAttribute>() is not null)
            headers["Permissions-Policy"] = Permissions("self");
        return Task.CompletedTask;
    }
}
