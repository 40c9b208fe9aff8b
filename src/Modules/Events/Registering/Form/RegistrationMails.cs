using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Registering.Form;

/// <summary>Mails about a registration, each once, in the person's language, in the transaction of what they tell.</summary>
internal sealed class RegistrationMails(IOutgoingMails mails, IAssociationProfiles profiles, IUnitOfWork unit, TimeProvider clock) : IMovedUp
{
    /// <summary>Secrets that open a registration.</summary>
    public static readonly PersonalLinks Links = new("events.attendee_link");

    /// <summary>SQL: how many wait before and with <c>r</c>, itself counted; those with one place are one.</summary>
    public const string RankOfR = """
        (select count(distinct w.place)::int from events.registration w where w.event_id = r.event_id and w.state = 'waiting' and w.place <= r.place)
        """;

    /// <summary>Later a mail that did not leave only surprises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>Names the one confirmation of a registration.</summary>
    public static string PurposeOf(Guid registration) => $"event-registration:{registration}";

    /// <summary>Names the one mail that says that somebody moved up.</summary>
    public static string PurposeOfMove(Guid registration) => $"event-registration:{registration}.up";

    /// <summary>Names the one mail to who comes instead of another.</summary>
    public static string PurposeOfHandover(Guid registration, long fact) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"event-registration:{registration}.over.{fact}");

    /// <summary>Confirms a registration that came by the form, or by the hand of another.</summary>
    /// <returns>The secret of its link, told once.</returns>
    public async Task<string> ConfirmAsync(EventPlan plan, RegistrationAnswer answer, Attendee who, string site, CancellationToken ct, long? handedOver = null)
    {
        var id = answer.Id.Value;
        var link = (await IssueAsync(plan, [id], ct))[0];
        var rank = answer.State == RegistrationState.Waiting ? await RankAsync(id, ct) : 0;
        var say = LetterLanguage.Of(who.Language, typeof(RegisterTexts));
        await mails.AddAsync(
            Mail(
                handedOver is { } fact ? PurposeOfHandover(id, fact) : PurposeOf(id),
                new Recipient(id, who.Name, who.Email, who.Language, site),
                say[rank > 0 ? "Mail.WaitingSubject" : "Mail.AcceptedSubject", plan.Title.In(who.Language)],
                rank > 0 ? say["Mail.Waiting", rank] : say["Mail.Accepted"],
                plan,
                link,
                await profiles.CurrentAsync(ct)
            ),
            ct
        );
        return link;
    }

    /// <inheritdoc/>
    public async Task TellAsync(EventId id, IReadOnlyList<BookFact> facts, IDocumentSession session, CancellationToken ct)
    {
        var moved = facts.SelectMany(Moved).ToDictionary();
        if (moved.Count == 0)
            return;
        var to = (
            await unit.Connection.QueryAsync<Recipient>(
                new CommandDefinition(
                    """
                    select registration_id as Id, a.name, a.email, a.language, f.site
                      from events.attendee a left join events.attendee_form f using (registration_id)
                     where registration_id = any (@ids) and a.email <> ''
                    """,
                    new { ids = moved.Keys.ToArray() },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        if (to.Count == 0 || await session.LoadAsync<EventPlan>(id.Value, ct) is not { } plan)
            return;
        var own = to.Where(r => r.Site is not null).Select(r => r.Id).ToList();
        var links = own.Zip(await IssueAsync(plan, own, ct)).ToDictionary(l => l.First, l => l.Second);
        var association = await profiles.CurrentAsync(ct);
        await mails.AddAsync([.. to.Select(r => Up(r, moved[r.Id], plan, links.GetValueOrDefault(r.Id), association))], ct);
    }

    private static IEnumerable<KeyValuePair<Guid, DateTimeOffset?>> Moved(BookFact fact) =>
        fact switch
        {
            RegistrationPromoted promoted => promoted.Registrations.Select(r => KeyValuePair.Create(r.Value, (DateTimeOffset?)null)),
            SeatOffered offered => offered.Registrations.Select(r => KeyValuePair.Create(r.Value, (DateTimeOffset?)offered.Until)),
            _ => [],
        };

    private NewMail Up(Recipient to, DateTimeOffset? heldUntil, EventPlan plan, string? link, AssociationProfile association)
    {
        var say = LetterLanguage.Of(to.Language, typeof(RegisterTexts));
        return Mail(
            PurposeOfMove(to.Id),
            to,
            say["Mail.UpSubject", plan.Title.In(to.Language)],
            heldUntil is { } until ? say["Mail.Offered", Moment(until.ToClock(), say), association.Email] : say["Mail.Up"],
            plan,
            link,
            association
        );
    }

    private NewMail Mail(string purpose, Recipient to, string subject, string news, EventPlan plan, string? link, AssociationProfile association)
    {
        var say = LetterLanguage.Of(to.Language, typeof(RegisterTexts));
        string[] paragraphs =
        [
            say["Mail.Salutation"],
            news,
            string.Join('\n', new[] { plan.Title.In(to.Language), When(plan, say), Where(plan, say) }.Where(line => line.Length > 0)),
            .. link is null
                ? [say["Mail.NoLink", association.Email]]
                : (string[])[say["Mail.Link"], to.Site + EventsPages.OwnRegistrationIn(to.Language, link), say["Mail.NotYou", association.Email]],
            say["Mail.Greeting"],
            association.Signature(),
        ];
        return new NewMail(purpose, to.Name, to.Email, subject, string.Join("\n\n", paragraphs), clock.GetUtcNow() + Patience);
    }

    private static string When(EventPlan plan, LetterLanguage say) =>
        plan.IsOfSeveralDays
            ? say["Mail.Days", Moment(plan.Starts, say), Moment(plan.Ends, say)]
            : say["Mail.Day", say.Date(plan.Day), ClockTime.Short(plan.Starts), ClockTime.Short(plan.Ends)];

    private static string Where(EventPlan plan, LetterLanguage say) =>
        string.Join(
            "\n",
            new[] { plan.Venue is { } venue ? string.Join(", ", venue.Name, venue.Address) : "", plan.Online ? say["Mail.Online"] : "" }.Where(l =>
                l.Length > 0
            )
        );

    private static string Moment(DateTime at, LetterLanguage say) => say["Mail.Moment", say.Date(DateOnly.FromDateTime(at)), ClockTime.Short(at)];

    // It goes on opening when the event is put off.
    private Task<IReadOnlyList<string>> IssueAsync(EventPlan plan, IReadOnlyList<Guid> registrations, CancellationToken ct) =>
        Links.IssueAsync(unit.Connection, PersonalLinkKind.Link, registrations, clock.GetUtcNow(), plan.Ends.ToInstant().AddYears(1).ToUniversalTime(), ct);

    private Task<int> RankAsync(Guid registration, CancellationToken ct) =>
        unit.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                $"select {RankOfR} from events.registration r where r.id = @registration",
                new { registration },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    // Without a site it was the office that registered her: she has no link.
    private sealed record Recipient(Guid Id, string Name, string Email, string Language, string? Site);
}
