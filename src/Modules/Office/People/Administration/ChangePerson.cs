using Association.Office.People.Data;
using Association.Office.People.Invitations;
using Association.Office.People.Permissions;
using Association.Office.People.Sessions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Administration;

/// <summary>Changes name and role. A changed role ends the person's running sessions.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record ChangePerson(Guid Id, string Name, string Role) : ICommand;

/// <summary>Takes password, second factor and passkeys away, ends running sessions and answers with an invitation.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record ResetSignIn(Guid Id) : ICommand;

/// <summary>Locks a person out, or lets them in again. Locking ends running sessions.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record LockPerson(Guid Id, bool Locked) : ICommand;

internal static class ChangePersonHandler
{
    public static Task<Person?> LoadAsync(ChangePerson command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        ChangePerson command,
        Person? person,
        IdentityDb db,
        ApprovingRoles approving,
        CurrentUser user,
        IStringLocalizer<PeopleTexts> texts,
        CancellationToken ct
    )
    {
        if (person is { Role: Roles.Administrator } && command.Role != Roles.Administrator && !await Administrators.OthersThanAsync(person.Id, db, ct))
            return [new(nameof(command.Role), texts["Error.LastAdministrator"])];
        var problems = Problems(command, person, user, texts).ToList();
        // Otherwise an access whose link an administrator had in hand would become one that approves.
        if (
            problems.Count == 0
            && person!.Role != command.Role
            && await approving.IncludeAsync(command.Role, db, ct)
            && !await approving.IncludeAsync(person.Role, db, ct)
        )
            problems.Add(new(nameof(command.Role), texts["Error.RoleNeedsInvitation"]));
        return problems;
    }

    private static IEnumerable<Problem> Problems(ChangePerson command, Person? person, CurrentUser user, IStringLocalizer<PeopleTexts> texts)
    {
        if (person is null)
            yield return new("", texts["Error.PersonGone"]);
        if (command.Name.Length is 0 or > 120)
            yield return new(nameof(command.Name), texts["Error.NameMissing"]);
        if (!Roles.All.Contains(command.Role))
            yield return new(nameof(command.Role), texts["Error.RoleMissing"]);
        else if (person is not null && user.Actor.Id?.Value == person.Id && person.Role != command.Role)
            yield return new(nameof(command.Role), texts["Error.OwnRole"]);
    }

    public static async Task HandleAsync(
        ChangePerson command,
        Person person,
        IdentityDb _,
        UserManager<Person> people,
        SessionEnd sessions,
        AccessNotice notice,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var roleChanged = person.Role != command.Role;
        if (roleChanged)
        {
            person.NoteAccess(user.Actor, clock.GetUtcNow());
            await notice.SendAsync(person, ct);
        }
        person.DisplayName = command.Name;
        person.Role = command.Role;
        await people.UpdateAsync(person);
        if (roleChanged)
            await sessions.OfAsync(person.Id, ct);
    }
}

internal static class ResetSignInHandler
{
    public static Task<Person?> LoadAsync(ResetSignIn command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static Problem? Validate(ResetSignIn _, Person? person, IStringLocalizer<PeopleTexts> texts) =>
        person is null ? new("", texts["Error.PersonGone"]) : null;

    public static async Task<IssuedInvitation> HandleAsync(
        ResetSignIn _,
        Person person,
        IdentityDb db,
        UserManager<Person> people,
        InvitationIssue invitations,
        SessionEnd sessions,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        person.NoteAccess(user.Actor, clock.GetUtcNow());
        await people.RemovePasswordAsync(person);
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
        await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 0);
        foreach (var passkey in await people.GetPasskeysAsync(person))
            await people.RemovePasskeyAsync(person, passkey.CredentialId);
        await people.ResetAccessFailedCountAsync(person);
        await sessions.OfAsync(person.Id, ct);
        return await invitations.ForAsync(person, null, ct);
    }
}

internal static class LockPersonHandler
{
    public static Task<Person?> LoadAsync(LockPerson command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static async Task<Problem?> ValidateAsync(
        LockPerson command,
        Person? person,
        IdentityDb db,
        CurrentUser user,
        IStringLocalizer<PeopleTexts> texts,
        CancellationToken ct
    ) =>
        person is null ? new("", texts["Error.PersonGone"])
        : command.Locked && user.Actor.Id?.Value == person.Id ? new("", texts["Error.OwnLock"])
        : command.Locked && person.Role == Roles.Administrator && !await Administrators.OthersThanAsync(person.Id, db, ct)
            ? new("", texts["Error.LastAdministrator"])
        : null;

    public static async Task HandleAsync(
        LockPerson command,
        Person person,
        IdentityDb _,
        UserManager<Person> people,
        InvitationIssue invitations,
        SessionEnd sessions,
        CancellationToken ct
    )
    {
        await people.SetLockoutEndDateAsync(person, command.Locked ? Person.LockedByAdministrator : null);
        await people.ResetAccessFailedCountAsync(person);
        if (!command.Locked)
            return;
        await invitations.RevokeAsync(person.Id, ct);
        await sessions.OfAsync(person.Id, ct);
    }
}

/// <summary>An installation whose last administrator is gone could only be helped by command line.</summary>
internal static class Administrators
{
    /// <summary>Whether another administrator can sign in. Two who remove each other at the same moment wait for one another here.</summary>
    public static async Task<bool> OthersThanAsync(Guid personId, IdentityDb db, CancellationToken ct)
    {
        var all = await db
            .People.FromSql($"select * from identity.person where role = {Roles.Administrator} order by id for update")
            .AsNoTracking()
            .ToListAsync(ct);
        var withPasskey = await db.Set<IdentityUserPasskey<Guid>>().Select(k => k.UserId).Distinct().ToListAsync(ct);
        return all.Any(p => p.Id != personId && !p.IsLockedByAdministrator && (p.PasswordHash is not null || withPasskey.Contains(p.Id)));
    }
}
