using Association.Office.People.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.People.Permissions;

/// <summary>Which roles sign as the second person: an access to one of them is worth money.</summary>
internal sealed class ApprovingRoles(RolePermissions roles, PermissionCatalog catalog)
{
    /// <summary>Whether the role may approve anything at present.</summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<bool> IncludeAsync(string role, IdentityDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var changes = await connection.QueryAsync<(string Permission, bool Held)>(
            new CommandDefinition(
                "select permission, held from identity.role_permission where role = @role",
                new { role },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return roles.Applied(role, changes).Overlaps(catalog.Of(PermissionKind.Approve));
    }
}
