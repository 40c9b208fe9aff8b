using System.Text.Json;
using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Office.People.SecondFactors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.Passkeys;

/// <summary>The two WebAuthn ceremonies. What is expected lies in a protected cookie between the question and the browser's answer.</summary>
internal sealed class PasskeyCeremony(SignInManager<Person> signIn)
{
    /// <summary>Where the script asks what a new passkey must be like.</summary>
    public const string CreationRoute = OfficePages.Account + "/passkey-options";

    /// <summary>Where the script asks what proves a passkey.</summary>
    public const string RequestRoute = OfficePages.SignIn + "/passkey-options";

    /// <summary>How a sign-in by passkey is noted.</summary>
    public const string Method = "passkey";

    /// <summary>The field in which the script puts the browser's answer.</summary>
    public const string Field = "Credential";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                CreationRoute,
                async (HttpContext context, IAntiforgery antiforgery, SignInManager<Person> signIn) =>
                {
                    await antiforgery.ValidateRequestAsync(context);
                    return await signIn.UserManager.GetUserAsync(context.User) is not { } person
                        ? Results.Unauthorized()
                        : await CreationOptionsAsync(signIn, person.Id, person.UserName!, person.DisplayName);
                }
            )
            .WithMetadata(new OpenWithoutSecondFactorAttribute());
        // Nobody is named: the browser offers what it has, and the answer tells nothing about who exists.
        routes
            .MapPost(
                RequestRoute,
                async (HttpContext context, IAntiforgery antiforgery, SignInManager<Person> signIn) =>
                {
                    await antiforgery.ValidateRequestAsync(context);
                    return Json(await signIn.MakePasskeyRequestOptionsAsync(null));
                }
            )
            .AllowAnonymous();
    }

    /// <summary>What a new passkey of this person must be like, for the script.</summary>
    public static async Task<IResult> CreationOptionsAsync(SignInManager<Person> signIn, Guid id, string login, string name) =>
        Json(
            await signIn.MakePasskeyCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = id.ToString(),
                    Name = login,
                    DisplayName = name,
                }
            )
        );

    /// <summary>The passkey that the browser made for this person; null when the answer does not hold.</summary>
    public async Task<UserPasskeyInfo?> MadeAsync(string? answer, Guid personId)
    {
        try
        {
            return string.IsNullOrEmpty(answer) ? null
                : await signIn.PerformPasskeyAttestationAsync(answer) is { Succeeded: true } made && made.UserEntity.Id == personId.ToString() ? made.Passkey
                : null;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return null; // no question was asked, or something else than a browser answered
        }
    }

    /// <summary>Signs in whose passkey it is; null when the answer does not hold or the person is locked.</summary>
    /// <param name="answer">What the browser answered.</param>
    /// <param name="only">Whose it has to be; null: anybody's.</param>
    /// <remarks>The device asked for finger, face or PIN: that is two factors, so the app's code is not asked for.</remarks>
    public async Task<Person?> SignInAsync(string? answer, Guid? only = null)
    {
        try
        {
            if (
                string.IsNullOrEmpty(answer)
                || await signIn.PerformPasskeyAssertionAsync(answer) is not { Succeeded: true } proved
                || await signIn.UserManager.IsLockedOutAsync(proved.User)
            )
                return null;
            if (only is { } id && proved.User.Id != id)
                return null;
            await signIn.UserManager.AddOrUpdatePasskeyAsync(proved.User, proved.Passkey); // its counter went on
            await signIn.SignInAsync(proved.User, isPersistent: false, Method);
            return proved.User;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    private static IResult Json(string options) => Results.Content(options, "application/json");
}
