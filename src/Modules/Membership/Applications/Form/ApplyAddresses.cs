using Association.Membership.Contracts;
using Association.Platform.Web.Localisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Membership.Applications.Form;

/// <summary>The form has an address for each language, to be printed or linked: it chooses the language as the switch above the page does.</summary>
internal static class ApplyAddresses
{
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "en"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/{language:regex(^(de|fr|en)$)}" + MembershipPages.Apply,
                (HttpContext context, string language) =>
                {
                    Cultures.Choose(context, language);
                    return Results.LocalRedirect(MembershipPages.Apply);
                }
            )
            .AllowAnonymous();
}
