using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Notes;

/// <summary>The notes about a member, what happened last first; those withdrawn, too.</summary>
[Permission(MembersFeature.ReadNotes)]
internal sealed record ListNotes(MemberId Member) : IQuery<IReadOnlyList<MemberNote>>;

internal static class ListNotesHandler
{
    public static async Task<IReadOnlyList<MemberNote>> HandleAsync(ListNotes query, MembershipDb db, CancellationToken ct) =>
        await db.Set<MemberNote>()
            .AsNoTracking()
            .Where(n => n.MemberId == query.Member)
            .OrderByDescending(n => n.NotedOn)
            .ThenByDescending(n => n.WrittenAt)
            .ToListAsync(ct);
}
