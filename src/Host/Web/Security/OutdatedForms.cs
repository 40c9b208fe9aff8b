using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Association.Host.Web.Security;

/// <summary>A form that its page no longer has, because the record went on since the person opened it. A feature of the request.</summary>
/// <param name="Page">Address of the page as it is now.</param>
/// <param name="Typed">What was typed into its fields of several lines, so that it is not lost.</param>
internal sealed record OutdatedForm(string Page, IReadOnlyList<string> Typed);

/// <summary>
/// A form that nobody takes is answered with a page. The framework says 400 without a word, a white page, when no form of the page has the posted name any
/// more (somebody else was faster) and when its antiforgery token is another person's.
/// </summary>
internal static class OutdatedForms
{
    /// <summary>Stands around the pages, inside of what draws the page of a refusal.</summary>
    public static IApplicationBuilder UseOutdatedForms(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                var (request, response) = (context.Request, context.Response);
                if (response.StatusCode != StatusCodes.Status400BadRequest || response.HasStarted || !HttpMethods.IsPost(request.Method))
                    return;
                response.ContentType = null; // with one, it would count as answered
                var isTaken =
                    context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
                    && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
                    && request.HasFormContentType;
                if (!isTaken)
                    return;
                var form = await request.ReadFormAsync(context.RequestAborted);
                response.StatusCode = StatusCodes.Status409Conflict;
                context.Features.Set(
                    new OutdatedForm(
                        request.PathBase + request.Path + request.QueryString,
                        [.. form["__lines"].OfType<string>().Select(name => form[name].ToString()).Where(text => !string.IsNullOrWhiteSpace(text))]
                    )
                );
            }
        );
}
