using Association.Office.People.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.People.Deputies;

/// <summary>Deputies of now, later and before, and who can become one.</summary>
[Permission(IdentityModule.NameDeputies)]
internal sealed record ListDeputies : IQuery<DeputiesView>;

/// <param name="Rows">Latest first.</param>
/// <param name="Board">For whom the reader may name one.</param>
/// <param name="Office">Who can be named.</param>
internal sealed record DeputiesView(IReadOnlyList<DeputyRow> Rows, IReadOnlyList<SelectOption> Board, IReadOnlyList<SelectOption> Office);

/// <param name="Id">Names it when it is to be ended.</param>
/// <param name="Board">For whom.</param>
/// <param name="Deputy">Who.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="NamedBy">Who entered it.</param>
/// <param name="Holds">True now, null later, false when it is over.</param>
/// <param name="MayEnd">Whether the reader may end it.</param>
internal sealed record DeputyRow(Guid Id, string Board, string Deputy, DateOnly From, DateOnly Until, string NamedBy, bool? Holds, bool MayEnd);

internal static class ListDeputiesHandler
{
    public static async Task<DeputiesView> HandleAsync(ListDeputies _, IdentityDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var people = await db.People.AsNoTracking().OrderBy(p => EF.Functions.Collate(p.DisplayName, "de-DE-x-icu")).ToListAsync(ct);
        var deputies = await db.Deputies.AsNoTracking().OrderByDescending(d => d.FromDay).ThenByDescending(d => d.Id).Take(100).ToListAsync(ct);
        var names = people.ToDictionary(p => p.Id, p => p.DisplayName);
        return new DeputiesView(
            [
                .. deputies.Select(d => new DeputyRow(
                    d.Id,
                    names[d.BoardId],
                    names[d.DeputyId],
                    d.FromDay,
                    d.UntilDay,
                    d.NamedBy,
                    d.EndedAt is not null || d.UntilDay < today ? false
                        : d.FromDay > today ? null
                        : true,
                    d.EndedAt is null && d.UntilDay >= today && DeputyRights.MayNameFor(user.Actor, d.BoardId)
                )),
            ],
            Options(p => p.Role == Roles.Board && DeputyRights.MayNameFor(user.Actor, p.Id)),
            Options(p => p.Role == Roles.Office)
        );

        IReadOnlyList<SelectOption> Options(Func<Person, bool> which) =>
            [.. people.Where(p => !p.IsLockedByAdministrator && which(p)).Select(p => new SelectOption(p.Id.ToString(), p.DisplayName))];
    }
}
