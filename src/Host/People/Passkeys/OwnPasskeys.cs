using System.Buffers.Text;
using Association.Host.People.Account;
using Association.Host.People.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Host.People.Passkeys;

/// <summary>The passkeys of the signed-in person, oldest first.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record ListOwnPasskeys : IQuery<IReadOnlyList<PasskeyView>>;

/// <param name="Id">The credential's id, for naming it in a form.</param>
/// <param name="Name">As the person called it.</param>
/// <param name="CreatedAt">When it was set up.</param>
internal sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>Keeps a passkey that the browser made and the page checked.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record AddOwnPasskey(UserPasskeyInfo Passkey, string Name) : ICommand;

/// <summary>The device no longer opens the office; running sessions elsewhere end.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record RemoveOwnPasskey(string Id) : ICommand;

internal static class ListOwnPasskeysHandler
{
    public static async Task<IReadOnlyList<PasskeyView>> HandleAsync(ListOwnPasskeys _, CurrentUser user, UserManager<Person> people) =>
        [.. (await people.GetPasskeysAsync(await people.MustFindAsync(user))).OrderBy(p => p.CreatedAt).Select(p => new PasskeyView(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "", p.CreatedAt))];
}

internal static class AddOwnPasskeyHandler
{
    private const int Most = 20;

    public static Problem? Validate(AddOwnPasskey command, IStringLocalizer<PasskeyTexts> texts) =>
        command.Name.Length is 0 or > 60 ? new(nameof(command.Name), texts["Error.Name"]) : null;

    public static async Task HandleAsync(AddOwnPasskey command, IdentityDb _, CurrentUser user, UserManager<Person> people, IStringLocalizer<PasskeyTexts> texts)
    {
        var person = await people.MustFindAsync(user);
        if ((await people.GetPasskeysAsync(person)).Count >= Most) throw new ProblemsException([new Problem("", texts["Error.TooMany", Most])]);
        command.Passkey.Name = command.Name;
        var added = await people.AddOrUpdatePasskeyAsync(person, command.Passkey);
        if (!added.Succeeded) throw new ProblemsException([new Problem("", texts["Error.Failed"])]);
    }
}

internal static class RemoveOwnPasskeyHandler
{
    public static async Task HandleAsync(RemoveOwnPasskey command, IdentityDb _, CurrentUser user, UserManager<Person> people, Sessions.SessionEnd sessions, CancellationToken ct)
    {
        var person = await people.MustFindAsync(user);
        var known = (await people.GetPasskeysAsync(person)).FirstOrDefault(p => Base64Url.EncodeToString(p.CredentialId) == command.Id);
        if (known is null) return; // removed already
        await people.RemovePasskeyAsync(person, known.CredentialId);
        await sessions.OfAsync(person.Id, ct);
    }
}
