using Association.Office.People.Data;
using Association.Office.People.Sessions;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>Whom a code lets in. Whoever has the code may ask; without it there is nothing to see.</summary>
[AnyoneMay("Whoever holds the code is the person invited; it has 120 random bits.")]
internal sealed record ReadInvitation(string Code) : IQuery<OpenedInvitation?>;

/// <summary>What the page of an invitation shows.</summary>
/// <param name="HasPassword">Whether the person was in before: then this is a new password.</param>
/// <param name="HasSecondFactor">Whether the person has an app or a passkey, which a code on paper does not replace.</param>
internal sealed record OpenedInvitation(
    Guid PersonId,
    string Name,
    string Login,
    string Role,
    string Language,
    bool HasPassword,
    bool HasSecondFactor,
    InvitationState State,
    DateTimeOffset ValidUntil
);

/// <summary>Uses the code up and sets the password. Running sessions of the person end.</summary>
[AnyoneMay("Whoever holds the code is the person invited; it has 120 random bits.")]
internal sealed record AcceptInvitation(string Code, [property: AsTyped] string Password) : ICommand;

internal static class ReadInvitationHandler
{
    public static async Task<OpenedInvitation?> HandleAsync(ReadInvitation query, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        var digest = ReadableCode.Digest(query.Code);
        var found = await (
            from invitation in db.Invitations.AsNoTracking()
            join person in db.People on invitation.PersonId equals person.Id
            where invitation.CodeHash == digest
            select new
            {
                invitation,
                person,
                HasSecondFactor = person.TwoFactorEnabled || db.Set<IdentityUserPasskey<Guid>>().Any(k => k.UserId == person.Id),
            }
        ).SingleOrDefaultAsync(ct);
        return found is null
            ? null
            : new OpenedInvitation(
                found.person.Id,
                found.person.DisplayName,
                found.person.UserName!,
                found.person.Role,
                found.person.Language,
                found.person.PasswordHash is not null,
                found.HasSecondFactor,
                found.person.IsLockedByAdministrator ? InvitationState.Revoked : found.invitation.StateAt(clock.GetUtcNow()),
                found.invitation.ValidUntil
            );
    }
}

internal static class AcceptInvitationHandler
{
    public static async Task<Guid> HandleAsync(AcceptInvitation command, IdentityDb _, InvitationUse invitations, CancellationToken ct)
    {
        var person = await invitations.UseAsync(command.Code, ct);
        await invitations.LetInAsync(person, command.Password, ct);
        return person.Id;
    }
}

/// <summary>Uses a code up: of two browsers that try at the same moment one wins.</summary>
internal sealed class InvitationUse(
    IdentityDb db,
    UserManager<Person> people,
    SessionEnd sessions,
    IOutgoingMails mails,
    TimeProvider clock,
    IStringLocalizer<InvitationTexts> texts
)
{
    /// <exception cref="ProblemsException">The code does not work (any more).</exception>
    public async Task<Person> UseAsync(string code, CancellationToken ct)
    {
        var digest = ReadableCode.Digest(code);
        var invitation = await db.Invitations.FromSql($"select * from identity.invitation where code_hash = {digest} for update").SingleOrDefaultAsync(ct);
        var now = clock.GetUtcNow();
        if (
            invitation is null
            || invitation.StateAt(now) != InvitationState.Open
            || await people.FindByIdAsync(invitation.PersonId.ToString()) is not { IsLockedByAdministrator: false } person
        )
            throw new ProblemsException([new Problem("", texts["Error.CodeOver"])]);
        invitation.UsedAt = now;
        person.NoteAccess(invitation.ReleasedById ?? invitation.IssuedById, invitation.ReleasedBy ?? invitation.IssuedBy, now);
        await mails.WithdrawAsync([InvitationMail.PurposeOf(invitation.Id)], ct); // one that never arrived need not any more
        return person;
    }

    /// <summary>Replaces the password, forgets wrong ones and ends running sessions.</summary>
    /// <param name="person">Whose code it was.</param>
    /// <param name="password">Null: the person has a passkey instead.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ProblemsException">The password is too short.</exception>
    public async Task LetInAsync(Person person, string? password, CancellationToken ct)
    {
        if (person.PasswordHash is not null)
            await people.RemovePasswordAsync(person);
        if (password is not null && await people.AddPasswordAsync(person, password) is { Succeeded: false } refused)
            throw new ProblemsException([.. refused.Errors.Select(e => new Problem("Password", e.Description))]);
        await people.ResetAccessFailedCountAsync(person);
        await people.SetLockoutEndDateAsync(person, null);
        await sessions.OfAsync(person.Id, ct);
    }
}
