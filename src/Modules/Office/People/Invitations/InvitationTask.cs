using Association.Office.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>Invitations that wait for a second administrator; whoever issued one has done what there is to do.</summary>
internal sealed class InvitationTask(OfficeDatabase database, TimeProvider clock, IStringLocalizer<InvitationTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Id is not { } id || !actor.May(IdentityModule.EditPeople))
            return [];
        // On a connection of its own: the page that asks may be given up and its scope closed while this runs.
        await using var connection = await database.OpenConnectionAsync(ct);
        var waiting = await connection.QueryAsync<(Guid Person, string Name, string By)>(
            new CommandDefinition(
                """
                select p.id, p.display_name, i.issued_by from identity.invitation i join identity.person p on p.id = i.person_id
                 where i.waits_for_second and i.used_at is null and i.revoked_at is null and i.valid_until > @now and i.issued_by_id is distinct from @id
                 order by i.issued_at
                """,
                new { now = clock.GetUtcNow(), id = id.Value },
                cancellationToken: ct
            )
        );
        return
        [
            .. waiting.Select(w => new TodayRow(
                texts["Today.Group"],
                texts["Today.Release", w.Name],
                texts["Today.ReleaseWhy", w.By],
                OfficePages.Person(w.Person),
                texts["Today.ReleaseAction"],
                Urgency.Soon
            )),
        ];
    }
}
