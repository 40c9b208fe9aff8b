using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Office.People.Passkeys;

/// <summary>Tells who approves or manages people to set up more than a password. It is that person's own task, so its address names the person.</summary>
internal sealed class SecondFactorTask(PermissionCatalog catalog, NpgsqlDataSource database, TimeProvider clock, IStringLocalizer<PasskeyTexts> texts)
    : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Id is not { } id)
            return [];
        var signs = actor.May(IdentityModule.EditPeople) || actor.Permissions.Overlaps(catalog.Of(PermissionKind.Approve));
        // On a connection of its own: the page that asks may be given up and its scope closed while this runs.
        await using var connection = await database.OpenConnectionAsync(ct);
        var bare = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                """
                select exists (select from identity.person p where p.id = @id and (@signs or p.access_given_at > @settled) and not p.two_factor_enabled
                  and not exists (select from identity.passkey k where k.user_id = p.id))
                """,
                new
                {
                    id = id.Value,
                    signs,
                    settled = clock.GetUtcNow() - Person.ApprovalPause, // who signs from tomorrow on
                },
                cancellationToken: ct
            )
        );
        return bare
            ?
            [
                new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Text"],
                    texts["Today.Detail"],
                    $"{OfficePages.Account}#of-{id.Value}",
                    texts["Today.Action"],
                    Urgency.Sometime
                ),
            ]
            : [];
    }
}
