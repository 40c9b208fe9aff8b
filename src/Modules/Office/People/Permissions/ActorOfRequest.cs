using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.People.Permissions;

/// <summary>What a signed-in person may at this moment: by role, and as somebody's deputy.</summary>
internal sealed class ActorOfRequest(RolePermissions roles, PermissionCatalog catalog, OfficeDatabase database, TimeProvider clock)
{
    // What sets a second factor up is part of the own account. Whoever has one already sets up none before showing it.
    private static readonly HashSet<string> ToSetUp = [IdentityModule.OwnAccount];
    private static readonly HashSet<string> Nothing = [];

    public async Task<Actor> ReadAsync(SignedIn person, CancellationToken ct)
    {
        if (person.Missing != MissingFactor.Nothing)
            return new Actor(UserId.From(person.PersonId), person.Name, person.Missing == MissingFactor.ToSetUp ? ToSetUp : Nothing);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(
                """
                select role, permission, held from identity.role_permission where role in (@Role, 'board');
                select b.display_name
                  from identity.deputy d join identity.person b on b.id = d.board_id
                 where d.deputy_id = @PersonId and d.ended_at is null and @today between d.from_day and d.until_day
                   and (d.named_by_id = d.board_id or d.named_at <= @settled)
                   and b.role = 'board' and (b.lockout_end is null or b.lockout_end < @forever)
                 order by d.named_at limit 1;
                select coalesce((select access_given_at > @settled from identity.person where id = @PersonId), false)
                """,
                new
                {
                    person.Role,
                    person.PersonId,
                    today = clock.Today(),
                    settled = clock.GetUtcNow() - Person.ApprovalPause,
                    forever = Person.LockedByAdministrator,
                },
                cancellationToken: ct
            )
        );
        var changes = (await answers.ReadAsync<(string Role, string Permission, bool Held)>()).AsList();
        var board = await answers.ReadSingleOrDefaultAsync<string>();
        // An access that somebody else made, or changed, signs nothing for a day.
        var paused = await answers.ReadSingleAsync<bool>();
        var own = paused ? Held(person.Role).Except(catalog.Of(PermissionKind.Approve)).ToHashSet(StringComparer.Ordinal) : Held(person.Role);
        // Only the office stands in: the board approves in its own name, and who administers never approves.
        if (board is null || paused || person.Role != Roles.Office)
            return new Actor(UserId.From(person.PersonId), person.Name, own);
        var lent = Held(Roles.Board).Intersect(catalog.Of(PermissionKind.Approve));
        return new Actor(UserId.From(person.PersonId), person.Name, own.Concat(lent).ToHashSet(StringComparer.Ordinal)) { DeputyFor = board };

        IReadOnlySet<string> Held(string role) => roles.Applied(role, changes.Where(c => c.Role == role).Select(c => (c.Permission, c.Held)));
    }
}
