using System.Diagnostics;

namespace Association.Host.Telemetry;

/// <summary>What the span of a request says: the route, never the path or the query, which hold names that were searched and links that set
/// passwords.</summary>
internal static class RequestSpans
{
    /// <summary>Comes first, so that questions of supervisors and files of the page shell leave no trace at all.</summary>
    public static IApplicationBuilder UseRequestSpans(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (Activity.Current is not { Recorded: true } span)
                {
                    await next(context);
                    return;
                }
                var method = context.Request.Method; // a refused form becomes a request for the page that says so
                if (IsNoise(context.Request.Path))
                    span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                try
                {
                    await next(context);
                }
                finally
                {
                    var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
                    span.DisplayName = $"{method} {route}";
                    span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
                    if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                        span.SetStatus(ActivityStatusCode.Error);
                }
            }
        );

    private static bool IsNoise(PathString path) => path.StartsWithSegments("/health") || Path.HasExtension(path.Value);
}
