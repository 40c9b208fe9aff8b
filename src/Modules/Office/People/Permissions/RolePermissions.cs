using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.People.Permissions;

/// <summary>What a role may in this installation: the modules' own word, changed by the administrator within <see cref="RoleLimits"/>.</summary>
internal sealed class RolePermissions(PermissionCatalog catalog, OfficeDatabase database)
{
    /// <summary>What the role may now. Read for each request, so that a change holds at once on every host.</summary>
    public async Task<IReadOnlySet<string>> HeldByAsync(string role, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var changes = await connection.QueryAsync<(string Permission, bool Held)>(
            new CommandDefinition("select permission, held from identity.role_permission where role = @role", new { role }, cancellationToken: ct)
        );
        return Applied(role, changes);
    }

    /// <summary>The same with the changes at hand.</summary>
    public IReadOnlySet<string> Applied(string role, IEnumerable<(string Permission, bool Held)> changes)
    {
        var held = new HashSet<string>(catalog.HeldBy(role), StringComparer.Ordinal);
        foreach (var (permission, isHeld) in changes)
        {
            // A row from before an upgrade may name what is gone, or what is no longer to be changed.
            if (catalog.All.FirstOrDefault(p => p.Name == permission) is not { } known || !RoleLimits.MayChange(known))
                continue;
            if (isHeld)
                held.Add(permission);
            else
                held.Remove(permission);
        }
        return held;
    }
}

/// <summary>What cannot be changed, whoever wishes it.</summary>
internal static class RoleLimits
{
    /// <summary>Work of office and board moves between the two. What the administrator has stays with the administrator alone, and the administrator gets
    /// nothing of it.</summary>
    public static bool MayChange(Permission permission) => !permission.Roles.Contains(Roles.Administrator);

    /// <summary>The roles between which permissions move.</summary>
    public static readonly IReadOnlyList<string> Changeable = [Roles.Office, Roles.Board];
}
