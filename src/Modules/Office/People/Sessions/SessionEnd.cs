using Association.Office.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.People.Sessions;

/// <summary>What a change to a sign-in does to the person's sessions, in its transaction.</summary>
internal sealed class SessionEnd(IdentityDb db, OwnSession own, TimeProvider clock)
{
    /// <summary>Ends every session of the person except the browser that asks, if it is one of them.</summary>
    /// <returns>How many ended.</returns>
    public Task<int> OfAsync(Guid personId, CancellationToken ct, Guid? only = null)
    {
        var (now, kept) = (clock.GetUtcNow(), only is null ? own.Id : null);
        return db
            .Sessions.Where(s => s.PersonId == personId && s.EndedAt == null && s.Id != kept && (only == null || s.Id == only))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), ct);
    }

    /// <summary>The browser that asks showed a second factor just now: app or passkey were set up in it.</summary>
    public Task<int> NoteSecondFactorAsync(CancellationToken ct)
    {
        var id = own.Id;
        return db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.TwoFactors, true), ct);
    }
}
