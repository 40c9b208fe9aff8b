using Association.Host.People.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Host.People.Administration;

/// <summary>Changes name and role. A changed role ends the person's running sessions.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record ChangePerson(Guid Id, string Name, string Role) : ICommand;

/// <summary>Takes password and second factor away and answers with a link for a new password.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record ResetSignIn(Guid Id) : ICommand;

/// <summary>Locks a person out, or lets them in again. Locking ends running sessions within a minute.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record LockPerson(Guid Id, bool Locked) : ICommand;

internal static class ChangePersonHandler
{
    public static Task<Person?> LoadAsync(ChangePerson command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static IEnumerable<Problem> Validate(ChangePerson command, Person? person, CurrentUser user, IStringLocalizer<PeopleTexts> texts)
    {
        if (person is null) yield return new("", texts["Error.PersonGone"]);
        if (command.Name.Length is 0 or > 120) yield return new(nameof(command.Name), texts["Error.NameMissing"]);
        if (!Roles.All.Contains(command.Role)) yield return new(nameof(command.Role), texts["Error.RoleMissing"]);
        else if (person is not null && user.Actor.Id?.Value == person.Id && person.Role != command.Role) yield return new(nameof(command.Role), texts["Error.OwnRole"]);
    }

    public static async Task HandleAsync(ChangePerson command, Person person, IdentityDb _, UserManager<Person> people)
    {
        var roleChanged = person.Role != command.Role;
        person.DisplayName = command.Name;
        person.Role = command.Role;
        await people.UpdateAsync(person);
        if (roleChanged) await people.UpdateSecurityStampAsync(person);
    }
}

internal static class ResetSignInHandler
{
    public static Task<Person?> LoadAsync(ResetSignIn command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static Problem? Validate(ResetSignIn _, Person? person, IStringLocalizer<PeopleTexts> texts) => person is null ? new("", texts["Error.PersonGone"]) : null;

    public static async Task<PasswordLink> HandleAsync(ResetSignIn _, Person person, IdentityDb db, UserManager<Person> people)
    {
        await people.RemovePasswordAsync(person);
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
        await people.ResetAccessFailedCountAsync(person);
        await people.UpdateSecurityStampAsync(person);
        return await PasswordLink.ForAsync(person, people);
    }
}

internal static class LockPersonHandler
{
    public static Task<Person?> LoadAsync(LockPerson command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static Problem? Validate(LockPerson command, Person? person, CurrentUser user, IStringLocalizer<PeopleTexts> texts) =>
        person is null ? new("", texts["Error.PersonGone"])
        : command.Locked && user.Actor.Id?.Value == person.Id ? new("", texts["Error.OwnLock"])
        : null;

    public static async Task HandleAsync(LockPerson command, Person person, IdentityDb _, UserManager<Person> people)
    {
        await people.SetLockoutEndDateAsync(person, command.Locked ? Person.LockedByAdministrator : null);
        await people.ResetAccessFailedCountAsync(person);
        await people.UpdateSecurityStampAsync(person);
    }
}
