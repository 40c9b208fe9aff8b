using Association.Office.People.Account;
using Association.Office.People.Data;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>The second administrator agrees to an invitation that another one issued, and gets the code to hand on.</summary>
/// <param name="Id">Of the person invited.</param>
[Permission(IdentityModule.EditPeople)]
internal sealed record ReleaseInvitation(Guid Id) : ICommand;

internal static class ReleaseInvitationHandler
{
    // Locked: of two who release at once one gets a code that works.
    public static Task<Invitation?> LoadAsync(ReleaseInvitation command, IdentityDb db, CancellationToken ct) =>
        db
            .Invitations.FromSql(
                $"select * from identity.invitation where person_id = {command.Id} and used_at is null and revoked_at is null and waits_for_second for update"
            )
            .SingleOrDefaultAsync(ct);

    public static async Task<Problem?> ValidateAsync(
        ReleaseInvitation _,
        Invitation? invitation,
        CurrentUser user,
        UserManager<Person> people,
        TimeProvider clock,
        IStringLocalizer<InvitationTexts> texts
    )
    {
        var now = clock.GetUtcNow();
        if (invitation?.StateAt(now) != InvitationState.Waiting)
            return new("", texts["Error.NothingToRelease"]);
        if (user.Actor.Id?.Value == invitation.IssuedById)
            return new("", texts["Error.ReleaseOwn"]);
        // Whoever made both could be both.
        var second = await people.MustFindAsync(user);
        if (second.AccessGivenById is { } maker && maker == invitation.IssuedById)
            return new("", texts["Error.ReleaseMadeBy", invitation.IssuedBy]);
        return second.AccessGivenById is not null && second.AccessGivenAt > now - Person.ApprovalPause ? new("", texts["Error.ReleaseTooEarly"]) : null;
    }

    public static IssuedInvitation Handle(ReleaseInvitation _, Invitation invitation, IdentityDb __, CurrentUser user, TimeProvider clock)
    {
        var code = ReadableCode.New(ReadableCode.ForLink);
        invitation.Release(ReadableCode.Digest(code), user.Actor, clock.GetUtcNow());
        return new IssuedInvitation(invitation.PersonId, code, invitation.ValidUntil);
    }
}
