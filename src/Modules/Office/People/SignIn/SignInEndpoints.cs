using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Office.People.SecondFactors;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                OfficePages.SignOut,
                async (HttpContext context, IAntiforgery antiforgery, SignInManager<Person> signIn) =>
                {
                    await antiforgery.ValidateRequestAsync(context);
                    await signIn.SignOutAsync();
                    return Results.LocalRedirect("/");
                }
            )
            .WithMetadata(new OpenWithoutSecondFactorAttribute());
        routes
            .MapGet(
                "/language/{language}",
                (HttpContext context, string language, string? back) =>
                {
                    Cultures.Choose(context, language);
                    return Results.LocalRedirect(LocalPath.Or(back, "/"));
                }
            )
            .AllowAnonymous();
    }
}
