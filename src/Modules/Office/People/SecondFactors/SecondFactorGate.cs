using Association.Office.Contracts;
using Association.Platform.Web.Components;
using Microsoft.AspNetCore.Authorization;

namespace Association.Office.People.SecondFactors;

/// <summary>
/// Leads whoever came in by password alone, and whose role wants more, to the page that sets a second factor up or asks for it. Nothing
/// else opens until then, and the bus refuses it, too: the actor of such a request has no permission beyond the own account.
/// </summary>
internal static class SecondFactorGate
{
    /// <summary>Where the second factor is set up or shown.</summary>
    public const string Page = OfficePages.MissingFactor;

    /// <summary>Comes behind the sign-in and before whatever asks who acts.</summary>
    public static IApplicationBuilder UseSecondFactorGate(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Features.Get<SignedIn>() is not { Missing: not MissingFactor.Nothing } || IsOpen(context.GetEndpoint()))
                    return next(context);
                var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : ShellPages.Today;
                context.Response.Redirect($"{Page}?return={Uri.EscapeDataString(back)}");
                return Task.CompletedTask;
            }
        );

    private static bool IsOpen(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint?.Metadata.GetMetadata<OpenWithoutSecondFactorAttribute>() is not null;
}

/// <summary>Marks what a person reaches whose second factor is still missing.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OpenWithoutSecondFactorAttribute : Attribute;
