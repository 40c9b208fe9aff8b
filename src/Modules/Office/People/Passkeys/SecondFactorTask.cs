using Association.Office.People.Data;
using Association.Office.People.Permissions;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Passkeys;

/// <summary>Tells who approves or manages people to set up more than a password. It is that person's own task, so its address names the person.</summary>
internal sealed class SecondFactorTask(IdentityDb db, IStringLocalizer<PasskeyTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Id is not { } id || !(actor.May(IdentityModule.EditPeople) || actor.Permissions.Any(p => p.EndsWith(RoleLimits.Approves, StringComparison.Ordinal)))) return [];
        var bare = await db.People.AnyAsync(p => p.Id == id.Value && !p.TwoFactorEnabled && !db.Set<IdentityUserPasskey<Guid>>().Any(k => k.UserId == p.Id), ct);
        return bare ? [new TodayRow(texts["Today.Group"], texts["Today.Text"], texts["Today.Detail"], $"/office/account#of-{id.Value}", texts["Today.Action"], Urgency.Sometime)] : [];
    }
}
