using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Account;

/// <summary>Tells a person whose access somebody else made or changed, for as long as nothing is approved by it. It is that person's own row.</summary>
internal sealed class AccessTask(OfficeDatabase database, TimeProvider clock, IStringLocalizer<PeopleTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Id is not { } id)
            return [];
        // On a connection of its own: the page that asks may be given up and its scope closed while this runs.
        await using var connection = await database.OpenConnectionAsync(ct);
        var (at, by) = await connection.QuerySingleOrDefaultAsync<(DateTime?, string?)>(
            new CommandDefinition(
                """
                select access_given_at, access_given_by from identity.person
                 where id = @id and role <> 'administrator' and access_given_at > @settled
                """,
                new { id = id.Value, settled = clock.GetUtcNow() - Person.ApprovalPause },
                cancellationToken: ct
            )
        );
        if (at is not { } given)
            return [];
        var moment = new DateTimeOffset(given);
        return
        [
            new TodayRow(
                texts["Today.Account"],
                texts["Account.Given", Formats.Of(moment), by!],
                texts["Account.ApprovesFrom", Formats.Of(moment + Person.ApprovalPause)],
                $"{OfficePages.Account}#given-{id.Value}",
                texts["Today.AccountAction"],
                Urgency.Soon
            ),
        ];
    }
}
