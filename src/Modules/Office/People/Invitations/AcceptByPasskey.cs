using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Office.People.Passkeys;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>Uses the code up and keeps a passkey that the browser made and the page checked. Running sessions of the person end.</summary>
/// <param name="Code">As it stands on the invitation.</param>
/// <param name="Passkey">Made for this person.</param>
/// <param name="Name">As the person calls the device.</param>
/// <param name="Password">Beside it, for other devices; null: none, and an older one no longer works.</param>
[AnyoneMay("Whoever holds the code is the person invited; it has 120 random bits.")]
internal sealed record AcceptByPasskey(string Code, UserPasskeyInfo Passkey, string Name, [property: AsTyped] string? Password) : ICommand;

internal static class AcceptByPasskeyHandler
{
    /// <summary>Where the script asks what the passkey of an invited person must be like.</summary>
    public const string OptionsRoute = OfficePages.Invitation + "/passkey-options";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                OptionsRoute,
                async (HttpContext context, IAntiforgery antiforgery, IMessageBus bus, SignInManager<Person> signIn, CancellationToken ct) =>
                {
                    await antiforgery.ValidateRequestAsync(context);
                    var code = (await context.Request.ReadFormAsync(ct))["Code"].ToString();
                    return await bus.QueryAsync(new ReadInvitation(code), ct) is { State: InvitationState.Open, HasSecondFactor: false } open
                        ? await PasskeyCeremony.CreationOptionsAsync(signIn, open.PersonId, open.Login, open.Name)
                        : Results.NotFound();
                }
            )
            .AllowAnonymous();

    public static Problem? Validate(AcceptByPasskey command, IStringLocalizer<PasskeyTexts> texts) => PasskeyNames.ProblemOf(command.Name, texts);

    public static async Task<Guid> HandleAsync(
        AcceptByPasskey command,
        IdentityDb _,
        InvitationUse invitations,
        UserManager<Person> people,
        IStringLocalizer<InvitationTexts> texts,
        CancellationToken ct
    )
    {
        var person = await invitations.UseAsync(command.Code, ct);
        // Otherwise a stolen letter would be worth more than a stolen password: whoever lost the device has the sign-in reset.
        if (person.TwoFactorEnabled || (await people.GetPasskeysAsync(person)).Count > 0)
            throw new ProblemsException([new Problem("", texts["Error.HasSecond"])]);
        await invitations.LetInAsync(person, command.Password, ct);
        command.Passkey.Name = command.Name;
        if (await people.AddOrUpdatePasskeyAsync(person, command.Passkey) is { Succeeded: false })
            throw new ProblemsException([new Problem("", texts["Error.CodeOver"])]);
        return person.Id;
    }
}
