using Association.Office.People.Data;
using Association.Office.People.Permissions;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>
/// Issues codes; an older one of the same person stops working with the new one. An administrator sees no code of a role that approves: with it she could be
/// the second person of everything. It goes by mail to the person, or a second administrator releases it.
/// </summary>
internal sealed class InvitationIssue(
    IdentityDb db,
    CurrentUser user,
    UserManager<Person> people,
    ApprovingRoles approving,
    AccessNotice notice,
    IOutgoingMails mails,
    IAssociationProfiles profiles,
    TimeProvider clock,
    IStringLocalizer<InvitationTexts> texts
)
{
    public async Task<IssuedInvitation> ForAsync(Person person, InvitationDelivery? delivery, CancellationToken ct)
    {
        delivery ??= InvitationDelivery.ByLink;
        var approves = !user.Actor.IsSystem && await approving.IncludeAsync(person.Role, db, ct);
        if (approves && delivery.Way == InvitationWay.Mail)
            await RefuseOtherMailboxAsync(person, delivery, ct);
        await RevokeAsync(person.Id, ct);
        var second = approves && delivery.Way != InvitationWay.Mail;
        if (delivery.Way != InvitationWay.Mail || (person.Email is { } known && !known.Equals(delivery.Email, StringComparison.OrdinalIgnoreCase)))
            await notice.SendAsync(person, ct); // to the address that was known before
        var (code, now) = (ReadableCode.New(ReadableCode.ForLink), clock.GetUtcNow());
        var invitation = new Invitation
        {
            PersonId = person.Id,
            CodeHash = ReadableCode.Digest(code),
            IssuedAt = now,
            IssuedBy = user.Actor.Name,
            IssuedById = user.Actor.Id?.Value,
            WaitsForSecond = second,
            ValidUntil = now + Invitation.Validity,
        };
        db.Invitations.Add(invitation);
        if (second)
            return new IssuedInvitation(person.Id, "", invitation.ValidUntil)
            {
                Way = delivery.Way,
                NeedsSecond = true,
                IsStuck = !await mails.HasServerAsync(ct) && !await SomebodyReleasesAsync(person, ct),
            };
        if (delivery.Way != InvitationWay.Mail)
            return new IssuedInvitation(person.Id, code, invitation.ValidUntil) { Way = delivery.Way };

        (person.Email, person.NormalizedEmail) = (delivery.Email, people.NormalizeEmail(delivery.Email));
        await mails.AddAsync(InvitationMail.For(invitation, person, code, delivery.Site, await profiles.CurrentAsync(ct), texts), ct);
        return new IssuedInvitation(person.Id, "", invitation.ValidUntil)
        {
            Way = delivery.Way,
            Email = delivery.Email,
            Waits = !await mails.HasServerAsync(ct),
        };
    }

    // In the mailbox of another access, perhaps her own, the link would make two people one.
    private async Task RefuseOtherMailboxAsync(Person person, InvitationDelivery delivery, CancellationToken ct)
    {
        var address = people.NormalizeEmail(delivery.Email);
        if (await db.People.AnyAsync(p => p.Id != person.Id && p.NormalizedEmail == address, ct))
            throw new ProblemsException([new Problem(nameof(InvitationDelivery.Email), texts["Error.MailOfAnother"])]);
    }

    // As ReleaseInvitation asks: an administrator who did not issue it, and whose own access does not come from who did.
    private Task<bool> SomebodyReleasesAsync(Person invited, CancellationToken ct)
    {
        var issuer = user.Actor.Id?.Value;
        return db.People.AnyAsync(
            p =>
                p.Role == Roles.Administrator
                && (p.LockoutEnd == null || p.LockoutEnd < Person.LockedByAdministrator)
                && p.Id != invited.Id
                && p.Id != issuer
                && (p.AccessGivenById == null || p.AccessGivenById != issuer),
            ct
        );
    }

    /// <summary>Takes the open invitation of a person back, and its mail if it is not out yet; there may be none.</summary>
    public async Task RevokeAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = await db.Invitations.Where(i => i.PersonId == personId && i.UsedAt == null && i.RevokedAt == null).Select(i => i.Id).ToListAsync(ct);
        if (open.Count == 0)
            return;
        await db
            .Invitations.Where(i => open.Contains(i.Id) && i.UsedAt == null && i.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), ct);
        await mails.WithdrawAsync([.. open.Select(InvitationMail.PurposeOf)], ct);
    }
}
