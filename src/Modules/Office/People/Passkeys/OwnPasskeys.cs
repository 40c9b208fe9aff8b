using System.Buffers.Text;
using Association.Office.People.Account;
using Association.Office.People.Attempts;
using Association.Office.People.Data;
using Association.Office.People.SecondFactors;
using Association.Office.People.Sessions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Passkeys;

/// <summary>The passkeys of the signed-in person, oldest first.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record ListOwnPasskeys : IQuery<IReadOnlyList<PasskeyView>>;

/// <param name="Id">The credential's id, for naming it in a form.</param>
/// <param name="Name">As the person called it.</param>
/// <param name="CreatedAt">When it was set up.</param>
internal sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>Keeps a passkey that the browser made and the page checked.</summary>
/// <param name="Passkey">Made for this person.</param>
/// <param name="Name">As the person calls the device.</param>
/// <param name="Password">The present one, of whoever has one.</param>
[Permission(IdentityModule.OwnAccount)]
internal sealed record AddOwnPasskey(UserPasskeyInfo Passkey, string Name, [property: AsTyped] string Password) : ICommand;

/// <summary>Calls a passkey otherwise.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record RenameOwnPasskey(string Id, string Name) : ICommand;

/// <summary>The device no longer opens the office; running sessions elsewhere end.</summary>
/// <param name="Id">Which.</param>
/// <param name="Password">The present one, of whoever has one.</param>
[Permission(IdentityModule.OwnAccount)]
internal sealed record RemoveOwnPasskey(string Id, [property: AsTyped] string Password) : ICommand;

internal static class ListOwnPasskeysHandler
{
    public static async Task<IReadOnlyList<PasskeyView>> HandleAsync(ListOwnPasskeys _, CurrentUser user, UserManager<Person> people) =>
        [
            .. (await people.GetPasskeysAsync(await people.MustFindAsync(user)))
                .OrderBy(p => p.CreatedAt)
                .Select(p => new PasskeyView(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "", p.CreatedAt)),
        ];
}

internal static class AddOwnPasskeyHandler
{
    private const int Most = 20;

    public static Problem? Validate(AddOwnPasskey command, IStringLocalizer<PasskeyTexts> texts) => PasskeyNames.ProblemOf(command.Name, texts);

    public static async Task HandleAsync(
        AddOwnPasskey command,
        IdentityDb _,
        IUnitOfWork work,
        CurrentUser user,
        UserManager<Person> people,
        PresentPassword password,
        SessionEnd sessions,
        IStringLocalizer<PasskeyTexts> texts,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        await password.ProveAsync(person, command.Password, nameof(command.Password), work, ct);
        if ((await people.GetPasskeysAsync(person)).Count >= Most)
            throw new ProblemsException([new Problem("", texts["Error.TooMany", Most])]);
        command.Passkey.Name = command.Name;
        var added = await people.AddOrUpdatePasskeyAsync(person, command.Passkey);
        if (!added.Succeeded)
            throw new ProblemsException([new Problem("", texts["Error.Failed"])]);
        await sessions.NoteSecondFactorAsync(ct);
    }
}

internal static class RenameOwnPasskeyHandler
{
    public static Problem? Validate(RenameOwnPasskey command, IStringLocalizer<PasskeyTexts> texts) => PasskeyNames.ProblemOf(command.Name, texts);

    public static async Task HandleAsync(
        RenameOwnPasskey command,
        IdentityDb _,
        CurrentUser user,
        UserManager<Person> people,
        IStringLocalizer<PasskeyTexts> texts
    )
    {
        var person = await people.MustFindAsync(user);
        var known =
            (await people.GetPasskeysAsync(person)).FirstOrDefault(p => Base64Url.EncodeToString(p.CredentialId) == command.Id)
            ?? throw new ProblemsException([new Problem("", texts["Error.Gone"])]);
        known.Name = command.Name;
        await people.AddOrUpdatePasskeyAsync(person, known);
    }
}

internal static class RemoveOwnPasskeyHandler
{
    public static async Task HandleAsync(
        RemoveOwnPasskey command,
        IdentityDb db,
        IUnitOfWork work,
        CurrentUser user,
        UserManager<Person> people,
        PresentPassword password,
        SessionEnd sessions,
        IStringLocalizer<PasskeyTexts> texts,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        var all = await people.GetPasskeysAsync(person);
        var known = all.FirstOrDefault(p => Base64Url.EncodeToString(p.CredentialId) == command.Id);
        if (known is null)
            return; // removed already
        if (all.Count == 1 && person.PasswordHash is null)
            throw new ProblemsException([new Problem("", texts["Error.OnlyWay"])]);
        if (all.Count == 1 && !person.TwoFactorEnabled && await RequiredSecondFactor.IsNeededByAsync(person, db, ct))
            throw new ProblemsException([new Problem("", texts["Error.SecondNeeded"])]);
        await password.ProveAsync(person, command.Password, nameof(command.Password), work, ct);
        await people.RemovePasskeyAsync(person, known.CredentialId);
        await sessions.OfAsync(person.Id, ct);
    }
}

internal static class PasskeyNames
{
    private const int Longest = 60;

    public static Problem? ProblemOf(string name, IStringLocalizer<PasskeyTexts> texts) =>
        name.Length is 0 or > Longest ? new("Name", texts["Error.Name"]) : null;
}
