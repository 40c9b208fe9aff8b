using Association.Office.People.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.Today;

/// <summary>Who works here, by name: whom a task may be given to.</summary>
[Permission(TodayModule.ReadTasks)]
internal sealed record ListColleagues : IQuery<IReadOnlyList<Colleague>>;

/// <summary>One of them.</summary>
internal sealed record Colleague(Guid Id, string Name, string Role);

/// <summary>The same for other modules.</summary>
internal sealed class Colleagues(IdentityDb db) : IColleagues
{
    public async Task<IReadOnlyList<ColleagueName>> ListAsync(CancellationToken ct) =>
        [.. (await ListColleaguesHandler.HandleAsync(new ListColleagues(), db, ct)).Select(c => new ColleagueName(c.Id, c.Name))];
}

internal static class ListColleaguesHandler
{
    public static async Task<IReadOnlyList<Colleague>> HandleAsync(ListColleagues _, IdentityDb db, CancellationToken ct) =>
        await db
            .People.AsNoTracking()
            .Where(p => p.LockoutEnd == null || p.LockoutEnd < Person.LockedByAdministrator)
            .OrderBy(p => EF.Functions.Collate(p.DisplayName, "de-DE-x-icu"))
            .Select(p => new Colleague(p.Id, p.DisplayName, p.Role))
            .ToListAsync(ct);
}
