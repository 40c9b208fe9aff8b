using Association.Office.People.Data;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.People.Invitations;

/// <summary>The invitations of the last 90 days, newest first; of one person all of them.</summary>
[Permission(IdentityModule.ReadPeople)]
internal sealed record ListInvitations(Guid? PersonId = null) : IQuery<IReadOnlyList<InvitationView>>;

/// <summary>An invitation as the administrator sees it; its code nobody sees again.</summary>
public sealed record InvitationView(
    Guid PersonId,
    string Person,
    InvitationState State,
    DateTimeOffset IssuedAt,
    string IssuedBy,
    DateTimeOffset ValidUntil,
    DateTimeOffset? EndedAt
)
{
    /// <summary>Who issued it, and so may not release it.</summary>
    public Guid? IssuedById { get; init; }

    /// <summary>How far its mail came; null when it went another way.</summary>
    public MailStatus? Mail { get; init; }
}

internal static class ListInvitationsHandler
{
    private static readonly TimeSpan Shown = TimeSpan.FromDays(90);

    public static async Task<IReadOnlyList<InvitationView>> HandleAsync(
        ListInvitations query,
        IdentityDb db,
        IOutgoingMails mails,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow();
        var since = query.PersonId is null ? now - Shown : DateTimeOffset.MinValue;
        var found = await (
            from invitation in db.Invitations.AsNoTracking()
            join person in db.People on invitation.PersonId equals person.Id
            where (query.PersonId == null || invitation.PersonId == query.PersonId) && invitation.IssuedAt > since
            orderby invitation.IssuedAt descending
            select new { invitation, person.DisplayName }
        )
            .Take(200)
            .ToListAsync(ct);
        var sent = await mails.StatesAsync([.. found.Select(f => InvitationMail.PurposeOf(f.invitation.Id))], ct);
        return
        [
            .. found.Select(f => new InvitationView(
                f.invitation.PersonId,
                f.DisplayName,
                f.invitation.StateAt(now),
                f.invitation.IssuedAt,
                f.invitation.IssuedBy,
                f.invitation.ValidUntil,
                f.invitation.UsedAt ?? f.invitation.RevokedAt
            )
            {
                IssuedById = f.invitation.IssuedById,
                Mail = sent.GetValueOrDefault(InvitationMail.PurposeOf(f.invitation.Id)),
            }),
        ];
    }
}
