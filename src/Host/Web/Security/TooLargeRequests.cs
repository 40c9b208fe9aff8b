using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Association.Host.Web.Security;

/// <summary>
/// A file that is too large gets a page that says so. Left to the server, the connection would break while the browser is still
/// sending, and the person would see the browser's own error. What is too large is read and thrown away, never kept.
/// </summary>
internal static class TooLargeRequests
{
    // Beyond this the connection may break: nobody chose such a file by mistake.
    private const long ReadToTheEnd = 1024L * 1024 * 1024;

    public static IApplicationBuilder UseTooLargeRequests(this IApplicationBuilder app, long limit) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Request.ContentLength is not { } length || length <= limit)
                {
                    await next(context);
                    return;
                }
                if (length <= ReadToTheEnd && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                {
                    size.MaxRequestBodySize = null;
                    await ThrowAwayAsync(context.Request.Body, context.RequestAborted);
                }
                context.Request.AskForPage();
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            }
        );

    private static async Task ThrowAwayAsync(Stream body, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await body.ReadAsync(buffer, ct) > 0) { }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
