using Association.Office.People.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Today.Digests;

/// <summary>Says on which days the person who asks gets <em>Heute</em> by mail; none is never.</summary>
/// <param name="Days">Monday to Friday.</param>
[Permission(TodayModule.ArrangeTasks)]
internal sealed record ChooseDigestDays(IReadOnlyCollection<DayOfWeek> Days) : ICommand;

/// <summary>On which days the person who asks gets <em>Heute</em> by mail, where to, and what would be in it now.</summary>
[Permission(TodayModule.ReadTasks)]
internal sealed record GetOwnDigest : IQuery<OwnDigest>;

/// <summary>The answer.</summary>
/// <param name="Days">Chosen, or by the role.</param>
/// <param name="IsChosen">Whether she chose them.</param>
/// <param name="Email">Where to; null without an address: then nothing is sent.</param>
/// <param name="HasServer">Whether mails leave at all.</param>
/// <param name="Now">What would be mailed at this moment; null when nothing is due.</param>
internal sealed record OwnDigest(IReadOnlyList<DayOfWeek> Days, bool IsChosen, string? Email, bool HasServer, DigestMail? Now);

internal static class ChooseDigestDaysHandler
{
    public static Problem? Validate(ChooseDigestDays command, IStringLocalizer<DigestTexts> texts) =>
        command.Days.All(DigestDays.All.Contains) ? null : new(nameof(command.Days), texts["Problem.Days"]);

    public static Task HandleAsync(ChooseDigestDays command, IUnitOfWork unit, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into today.digest_days (person_id, days, changed_at) values (@person, @days, @now)
                on conflict (person_id) do update set days = excluded.days, changed_at = excluded.changed_at
                """,
                new
                {
                    person = user.Id.Value,
                    days = command.Days.Distinct().Order().Select(d => (short)d).ToArray(),
                    now = clock.GetUtcNow(),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

internal static class GetOwnDigestHandler
{
    public static async Task<OwnDigest> HandleAsync(
        GetOwnDigest _,
        IdentityDb db,
        DigestDays days,
        TodayTasks tasks,
        CurrentUser user,
        IOutgoingMails mails,
        IAssociationProfiles profiles,
        PublicAddress address,
        IStringLocalizer<DigestTexts> texts,
        CancellationToken ct
    )
    {
        var person = (await DigestPerson.ListAsync(db, ct)).Single(p => p.Id == user.Id.Value);
        var chosen = (await days.ChosenAsync(ct)).GetValueOrDefault(person.Id);
        var holds = chosen ?? DigestDays.DefaultOf(person.Role);
        var now = DigestMail.Of(user.Actor, await tasks.FindAsync(user.Actor, ct), holds, address, await profiles.CurrentAsync(ct), texts);
        return new OwnDigest(holds, chosen is not null, person.Email, await mails.HasServerAsync(ct), now);
    }
}
