using Association.Membership.Applications.Deciding;
using Association.Membership.Applications.Form;
using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Membership.Import;
using Association.Membership.Import.Preview;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Applications.Record;

/// <summary>An application with what speaks for and against it; null when there is none.</summary>
[Permission(ApplicationsFeature.Read)]
internal sealed record ReadApplication(int Number) : IQuery<ApplicationRecord?>;

/// <summary>The answer.</summary>
/// <param name="Application">As it stands.</param>
/// <param name="Terms">What can be applied for, with the regulations.</param>
/// <param name="Twins">Who is probably the same; none once it is decided.</param>
/// <param name="Confirmation">How far the confirmation to the applicant came; null without one.</param>
/// <param name="Refusal">How far the refusal to the applicant came; null when the applicant was not told by mail.</param>
/// <param name="MemberNumber">Of the member that the acceptance made; null before.</param>
internal sealed record ApplicationRecord(
    MembershipApplication Application,
    ApplicationTerms Terms,
    IReadOnlyList<ApplicationTwin> Twins,
    MailStatus? Confirmation,
    MailStatus? Refusal,
    string? MemberNumber
);

/// <summary>A member, or another application, that is probably the same.</summary>
/// <param name="Member">Mitgliedsnummer; null of an application.</param>
/// <param name="Application">Number of the application; null of a member.</param>
/// <param name="Name">Its name.</param>
/// <param name="Town">Where.</param>
/// <param name="Why">What both share, as a sentence; empty: the mail address.</param>
internal sealed record ApplicationTwin(string? Member, int? Application, string Name, string Town, string Why);

internal static class ReadApplicationHandler
{
    public static async Task<ApplicationRecord?> HandleAsync(
        ReadApplication query,
        MembershipDb db,
        IOutgoingMails mails,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (await db.Set<MembershipApplication>().AsNoTracking().SingleOrDefaultAsync(a => a.Number == query.Number, ct) is not { } application)
            return null;
        var (received, refused) = (ReceivedMail.PurposeOf(application.Id), RefusalMail.PurposeOf(application.Id));
        var states = await mails.StatesAsync([received, refused], ct);
        var open = application.State is ApplicationState.New or ApplicationState.Waiting or ApplicationState.Refused;
        return new ApplicationRecord(
            application,
            await ApplicationTerms.ReadAsync(db, clock.Today(), ct),
            open ? await TwinsAsync(db, application, clock.Today(), ct) : [],
            states.GetValueOrDefault(received),
            states.GetValueOrDefault(refused),
            application.MemberId is { } member ? await db.Members.AsNoTracking().Where(m => m.Id == member).Select(m => m.Number).SingleAsync(ct) : null
        );
    }

    // As lists find them, by name with address and by account; and whoever has the same mail address.
    private static async Task<IReadOnlyList<ApplicationTwin>> TwinsAsync(
        MembershipDb db,
        MembershipApplication application,
        DateOnly today,
        CancellationToken ct
    )
    {
        var own = EntryOf(application);
        var twins = new List<ApplicationTwin>();
        var members = new DuplicateFinder();
        foreach (var member in await KnownMembers.ReadAsync(db, today, ct))
            members.Add(ImportPlanner.EntryOf(member));
        if (members.Find(own) is { } hit)
            twins.Add(new ApplicationTwin(hit.Entry.Number, null, hit.Entry.Name, hit.Entry.Town, hit.Reasons.Say()));
        var others = await db.Set<MembershipApplication>()
            .AsNoTracking()
            .Where(a => a.Number != application.Number && a.MemberId == null && a.WithdrawnAt == null)
            .OrderByDescending(a => a.ReceivedAt)
            .Take(500)
            .ToListAsync(ct);
        foreach (var other in others)
        {
            var applications = new DuplicateFinder();
            applications.Add(EntryOf(other));
            if (applications.Find(own) is { } same)
                twins.Add(new ApplicationTwin(null, other.Number, other.Form.Name, other.Form.Town, same.Reasons.Say()));
            else if (string.Equals(other.Form.Email, application.Form.Email, StringComparison.OrdinalIgnoreCase))
                twins.Add(new ApplicationTwin(null, other.Number, other.Form.Name, other.Form.Town, ""));
        }
        var mailed = await (await db.ConnectionAsync(ct)).QueryAsync<(string Number, string Name, string Town)>(
            new CommandDefinition(
                """
                select m.number, m.name, m.town from membership.member m
                 where lower(m.email) = lower(@Email)
                    or exists (select from membership.contact c where c.member_id = m.id and lower(c.email) = lower(@Email))
                 order by m.name limit 5
                """,
                new { application.Form.Email },
                db.Transaction,
                cancellationToken: ct
            )
        );
        twins.AddRange(mailed.Where(m => twins.All(t => t.Member != m.Number)).Select(m => new ApplicationTwin(m.Number, null, m.Name, m.Town, "")));
        return twins;
    }

    private static Entry EntryOf(MembershipApplication application)
    {
        var form = application.Form;
        return new Entry(application.Number, null, form.Name, form.Kind == MemberKind.Person, form.Street, form.PostalCode, form.Town, form.Iban, null);
    }
}
