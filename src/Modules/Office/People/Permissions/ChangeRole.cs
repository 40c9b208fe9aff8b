using Association.Office.People.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Permissions;

/// <summary>What each role may.</summary>
[Permission(IdentityModule.ReadPeople)]
internal sealed record ReadRoles : IQuery<IReadOnlyList<RoleRow>>;

/// <param name="Permission">Its name.</param>
/// <param name="MayChange">Whether it moves between office and board.</param>
/// <param name="HeldBy">The roles that hold it now.</param>
/// <param name="Changed">Whether that differs from what the modules say.</param>
internal sealed record RoleRow(string Permission, bool MayChange, IReadOnlySet<string> HeldBy, bool Changed);

/// <summary>Sets what office and board may. It holds with their next click.</summary>
/// <param name="Held">Pairs <c>role:permission</c>: all that are to hold.</param>
[Permission(IdentityModule.EditPeople)]
internal sealed record ChangeRoles(IReadOnlyCollection<string> Held) : ICommand;

internal static class ReadRolesHandler
{
    public static async Task<IReadOnlyList<RoleRow>> HandleAsync(ReadRoles _, PermissionCatalog catalog, RolePermissions roles, CancellationToken ct)
    {
        var held = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var role in Roles.All)
            held[role] = await roles.HeldByAsync(role, ct);
        return
        [
            .. catalog
                .All.DistinctBy(p => p.Name)
                .Select(p =>
                {
                    var now = held.Where(h => h.Value.Contains(p.Name)).Select(h => h.Key).ToHashSet(StringComparer.Ordinal);
                    return new RoleRow(p.Name, RoleLimits.MayChange(p), now, !now.SetEquals(p.Roles));
                }),
        ];
    }
}

internal static class ChangeRolesHandler
{
    public static IEnumerable<Problem> Validate(ChangeRoles command, PermissionCatalog catalog, IStringLocalizer<RoleTexts> texts)
    {
        foreach (var permission in catalog.All.Where(RoleLimits.MayChange).Select(p => p.Name).Distinct())
            if (!RoleLimits.Changeable.Any(role => command.Held.Contains($"{role}:{permission}")))
                yield return new(permission, texts["Error.Nobody", texts[$"May.{permission}"]]);
    }

    public static async Task HandleAsync(
        ChangeRoles command,
        IdentityDb _,
        IUnitOfWork unit,
        PermissionCatalog catalog,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        // What is as the modules say needs no row: then an upgrade that gives a role more reaches it.
        var rows =
            from permission in catalog.All.Where(RoleLimits.MayChange).DistinctBy(p => p.Name)
            from role in RoleLimits.Changeable
            let held = command.Held.Contains($"{role}:{permission.Name}")
            select (Id: $"{role}:{permission.Name}", Role: role, Permission: permission.Name, Held: held, IsDefault: held == permission.Roles.Contains(role));
        foreach (var row in rows)
            await unit.Connection.ExecuteAsync(
                new CommandDefinition(
                    row.IsDefault
                        ? "delete from identity.role_permission where id = @Id"
                        : """
                        insert into identity.role_permission (id, role, permission, held, changed_at) values (@Id, @Role, @Permission, @Held, @now)
                        on conflict (id) do update set held = excluded.held, changed_at = excluded.changed_at where role_permission.held <> excluded.held
                        """,
                    new
                    {
                        row.Id,
                        row.Role,
                        row.Permission,
                        row.Held,
                        now = clock.GetUtcNow(),
                    },
                    unit.Transaction,
                    cancellationToken: ct
                )
            );
    }
}
