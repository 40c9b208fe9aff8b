using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Association.Host.Web.Security;

/// <summary>
/// The page that says why a request was refused is asked for by GET, whatever was refused. Passed on as the POST that it was, the refusal
/// would be taken for a form without its token, and 429 or 500 would reach the browser as 400.
/// </summary>
internal static class StatusPageRequests
{
    /// <summary>Comes behind whatever sends a request to the status page.</summary>
    public static IApplicationBuilder UseStatusPageRequests(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
                    context.Request.AskForPage();
                return next(context);
            }
        );

    /// <summary>What remains of a request of which only the answer still matters.</summary>
    public static void AskForPage(this HttpRequest request)
    {
        (request.Method, request.ContentType, request.ContentLength, request.Body) = (HttpMethods.Get, null, null, Stream.Null);
        request.HttpContext.Features.Set<IAntiforgeryValidationFeature>(null); // of the form: after a token that is wrong, nothing may ask for it any more
    }
}
