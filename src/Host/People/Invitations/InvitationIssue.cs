using Association.Host.People.Data;
using Association.Platform.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Association.Host.People.Invitations;

/// <summary>Issues codes; an older one of the same person stops working with the new one.</summary>
internal sealed class InvitationIssue(IdentityDb db, CurrentUser user, TimeProvider clock)
{
    public async Task<IssuedInvitation> ForAsync(Person person, CancellationToken ct)
    {
        await RevokeAsync(person.Id, ct);
        var (code, now) = (ReadableCode.New(ReadableCode.Long), clock.GetUtcNow());
        var invitation = new Invitation { PersonId = person.Id, CodeHash = ReadableCode.Digest(code), IssuedAt = now, IssuedBy = user.Actor.Name, ValidUntil = now + Invitation.Validity };
        db.Invitations.Add(invitation);
        return new IssuedInvitation(person.Id, code, invitation.ValidUntil);
    }

    /// <summary>Takes the open invitation of a person back; there may be none.</summary>
    public Task RevokeAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Invitations.Where(i => i.PersonId == personId && i.UsedAt == null && i.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), ct);
    }
}
