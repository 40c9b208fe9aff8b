using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Clarifications;

/// <summary>Ticks off a clarification together with the edit that answers it.</summary>
internal static class Resolution
{
    public static async Task OfAsync(MembershipDb db, ClarificationId? id, string how, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (id is null || await db.Clarifications.SingleOrDefaultAsync(c => c.Id == id && c.State == ClarificationState.Open, ct) is not { } open)
            return;
        open.Resolve(how, user.Actor.Id?.Value, user.Actor.Name, clock.GetUtcNow());
    }
}
