using System.Globalization;
using Association.Events.Attending;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Events.Registering.Form;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Registering.Mails;

/// <summary>Mails about a registration, each once, in the person's language, in the transaction of what they tell.</summary>
internal sealed class RegistrationMails(IOutgoingMails mails, IAssociationProfiles profiles, CalendarFiles calendars, IUnitOfWork unit, TimeProvider clock)
    : IBookFollower
{
    /// <summary>Secrets that open a registration.</summary>
    public static readonly PersonalLinks Links = new("events.attendee_link");

    /// <summary>SQL: how many wait before and with <c>r</c>, itself counted; those with one place are one.</summary>
    public const string RankOfR = """
        (select count(distinct w.place)::int from events.registration w where w.event_id = r.event_id and w.state = 'waiting' and w.place <= r.place)
        """;

    /// <summary>Later a mail that did not leave only surprises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>Names the one mail of a registration for a reason: <c>event-registration:0190….up</c>; empty for its confirmation.</summary>
    public static string PurposeOf(Guid registration, string reason = "") => $"event-registration:{registration}{(reason.Length > 0 ? "." + reason : "")}";

    /// <summary>Confirms a registration that came by the form, or by the hand of another.</summary>
    /// <param name="plan">Of the event.</param>
    /// <param name="answer">How it stands.</param>
    /// <param name="who">Whom it is confirmed to.</param>
    /// <param name="site">Where the link leads.</param>
    /// <param name="ct">Ends it.</param>
    /// <param name="handedOver">The fact by which it was; null for a new one.</param>
    /// <returns>The secret of its link, told once.</returns>
    public async Task<string> ConfirmAsync(EventPlan plan, RegistrationAnswer answer, Attendee who, string site, CancellationToken ct, long? handedOver = null)
    {
        var id = answer.Id.Value;
        var link = (await IssueAsync(plan, [id], ct))[0];
        var rank = answer.State == RegistrationState.Waiting ? await RankAsync(id, ct) : 0;
        var say = Say(who.Language);
        var news = new News(
            handedOver is { } fact ? string.Create(CultureInfo.InvariantCulture, $"over.{fact}") : "",
            say[rank > 0 ? "Mail.WaitingSubject" : "Mail.AcceptedSubject", plan.Title.In(who.Language)],
            rank > 0 ? say["Mail.Waiting", rank] : say["Mail.Accepted"],
            HasCalendar: rank == 0
        );
        var to = new Recipient(id, who.Name, who.Email, who.Language, site);
        var code =
            rank == 0 && answer.State == RegistrationState.Accepted ? (await TicketCodes.OfAsync(unit.Connection, [id], ct)).GetValueOrDefault(id) : null;
        await mails.AddAsync(Mail(to, news, plan, new Ways(link, code, await CalendarAsync(plan, to, news, ct)), await profiles.CurrentAsync(ct)), ct);
        return link;
    }

    /// <summary>Those who moved up, and those whose registration ended.</summary>
    public async Task<OutgoingMessages> FollowAsync(EventId id, IReadOnlyList<BookFact> facts, IDocumentSession session, CancellationToken ct)
    {
        var told = facts.SelectMany(Told).DistinctBy(t => t.Registration).ToDictionary(t => t.Registration);
        if (told.Count > 0 && await session.LoadAsync<EventPlan>(id.Value, ct) is { } plan)
            await TellAsync(plan, told.Keys, (to, say) => Said(told[to.Id], plan, to, say), ct);
        return [];
    }

    /// <summary>Tells each of these registrations that has an address something, once a reason.</summary>
    public async Task TellAsync(EventPlan plan, IReadOnlyCollection<Guid> registrations, Func<Recipient, LetterLanguage, News> news, CancellationToken ct)
    {
        var to = (
            await unit.Connection.QueryAsync<Recipient>(
                new CommandDefinition(
                    """
                    select registration_id as Id, a.name, a.email, a.language, f.site
                      from events.attendee a left join events.attendee_form f using (registration_id)
                     where registration_id = any (@ids) and a.email <> ''
                    """,
                    new { ids = registrations.ToArray() },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        if (to.Count == 0)
            return;
        var own = to.Where(r => r.Site is not null).Select(r => r.Id).ToList();
        var links = own.Zip(await IssueAsync(plan, own, ct)).ToDictionary(l => l.First, l => l.Second);
        var codes = await TicketCodes.OfAsync(unit.Connection, await SeatedAsync(own, ct), ct);
        var association = await profiles.CurrentAsync(ct);
        var written = new List<NewMail>();
        foreach (var one in to)
        {
            var said = news(one, Say(one.Language));
            var ways = new Ways(links.GetValueOrDefault(one.Id), codes.GetValueOrDefault(one.Id), await CalendarAsync(plan, one, said, ct));
            written.Add(Mail(one, said, plan, ways, association));
        }
        await mails.AddAsync(written, ct);
    }

    /// <summary>„16.09.2027, 9:00 bis 17:00 Uhr“.</summary>
    public static string When(DateTime starts, DateTime ends, LetterLanguage say) =>
        starts.Date != ends.Date
            ? say["Mail.Days", Moment(starts, say), Moment(ends, say)]
            : say["Mail.Day", say.Date(DateOnly.FromDateTime(starts)), ClockTime.Short(starts), ClockTime.Short(ends)];

    /// <summary>„Kongresshalle, Hafenstraße 12, 66111 Saarbrücken“; empty without a house.</summary>
    public static string Where(EventPlan plan) => plan.Venue is { } venue ? string.Join(", ", venue.Name, venue.Address) : "";

    private static IEnumerable<Turn> Told(BookFact fact) =>
        fact switch
        {
            RegistrationPromoted promoted => promoted.Registrations.Select(r => new Turn(r.Value)),
            SeatOffered offered => offered.Registrations.Select(r => new Turn(r.Value, HeldUntil: offered.Until)),
            RegistrationCancelled cancelled => cancelled.Registrations.Select(r => new Turn(r.Value, Cancelled: cancelled.Reason)),
            _ => [],
        };

    private static News Said(Turn turn, EventPlan plan, Recipient to, LetterLanguage say)
    {
        var title = plan.Title.In(to.Language);
        return turn switch
        {
            { Cancelled: CancelReason.EventCancelled } => new(
                "off",
                say["Mail.OffSubject", title],
                say["Mail.Off", plan.CancelReason.In(to.Language)],
                HasCalendar: true,
                IsOver: true
            ),
            { Cancelled: { } reason } => new(
                "cancelled",
                say["Mail.CancelledSubject", title],
                say[reason == CancelReason.ByPerson ? "Mail.CancelledByPerson" : "Mail.CancelledByOffice"],
                HasCalendar: false,
                IsOver: true
            ),
            { HeldUntil: { } until } => new("up", say["Mail.UpSubject", title], say["Mail.Offered", Moment(until.ToClock(), say)], HasCalendar: false),
            _ => new("up", say["Mail.UpSubject", title], say["Mail.Up"], HasCalendar: true),
        };
    }

    private NewMail Mail(Recipient to, News news, EventPlan plan, Ways ways, AssociationProfile association)
    {
        var say = Say(to.Language);
        string[] paragraphs =
        [
            say["Mail.Salutation"],
            news.Text,
            string.Join(
                '\n',
                new[] { plan.Title.In(to.Language), When(plan.Starts, plan.Ends, say), Where(plan), plan.Online ? say["Mail.Online"] : "" }.Where(line =>
                    line.Length > 0
                )
            ),
            .. !news.IsOver && ways.Code is { } code ? [say["Mail.Code", TicketCodes.Shown(code)]] : (string[])[],
            .. news.IsOver ? [say["Mail.Questions", association.Email]]
            : ways.Link is not { } link ? [say["Mail.NoLink", association.Email]]
            : (string[])[say["Mail.Link"], to.Site + EventsPages.OwnRegistrationIn(to.Language, link), say["Mail.NotYou", association.Email]],
            say["Mail.Greeting"],
            association.Signature(),
        ];
        return new NewMail(PurposeOf(to.Id, news.Reason), to.Name, to.Email, news.Subject, string.Join("\n\n", paragraphs), clock.GetUtcNow() + Patience)
        {
            Attachments = ways.Calendar is { } file ? [file] : [],
        };
    }

    private async Task<Guid?> CalendarAsync(EventPlan plan, Recipient to, News news, CancellationToken ct) =>
        news.HasCalendar && to.Site is { } site ? await calendars.OfAsync(plan, to.Language, site, ct) : null;

    private static LetterLanguage Say(string language) => LetterLanguage.Of(language, typeof(RegisterTexts));

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

    private async Task<IReadOnlyList<Guid>> SeatedAsync(IReadOnlyList<Guid> registrations, CancellationToken ct) =>
        (
            await unit.Connection.QueryAsync<Guid>(
                new CommandDefinition(
                    "select id from events.registration where id = any (@ids) and state = 'accepted'",
                    new { ids = registrations.ToArray() },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    // How the person comes to her registration, through the door, and to the day.
    private sealed record Ways(string? Link, string? Code, Guid? Calendar);

    // What the book decided about a registration, as far as somebody is told.
    private sealed record Turn(Guid Registration, DateTimeOffset? HeldUntil = null, CancelReason? Cancelled = null);
}

/// <summary>Who is mailed about a registration.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="Name">Of the person.</param>
/// <param name="Email">Not empty.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Site">Where her link leads; null: the office registered her without a mail, and she has none.</param>
internal sealed record Recipient(Guid Id, string Name, string Email, string Language, string? Site);

/// <summary>What a mail tells.</summary>
/// <param name="Reason">Of one reason there is one mail a registration.</param>
/// <param name="Subject">Of the mail.</param>
/// <param name="Text">Before time and place.</param>
/// <param name="HasCalendar">Whether the entry for a calendar goes with it.</param>
/// <param name="IsOver">Nothing is left that could be cancelled.</param>
internal sealed record News(string Reason, string Subject, string Text, bool HasCalendar, bool IsOver = false);
