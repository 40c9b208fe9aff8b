using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Events.Pricing;
using Association.Events.Registering.Mails;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Registering.Form;

/// <summary>Somebody registers for an event, alone or with others. Sent again with the same id, it is the same registration.</summary>
/// <param name="Form">Id of the form; the browser keeps it from the first page on.</param>
/// <param name="Slug">Of the event.</param>
/// <param name="Attendee">Who registers, as typed, with the language of the page.</param>
/// <param name="Ticket">One of those offered today; null when the event has none.</param>
/// <param name="Sessions">Bookable ones that the person chose.</param>
/// <param name="MemberNumber">As typed. A ticket for members needs one at which the mail address is known; else the office looks whether it is one. May be
/// empty.</param>
/// <param name="Remark">Food, access; may be empty.</param>
/// <param name="Privacy">The privacy notice was read.</param>
/// <param name="Site">Where the page was opened: <c>https://office.example</c>.</param>
/// <param name="Others">Who comes along; null: nobody.</param>
/// <param name="Together">All or nobody: who finds no seat together waits together.</param>
/// <param name="Payer">Who pays; null or empty: the member, or nothing is to be paid.</param>
[AnyoneMay("Who comes to an event needs no access; answered is how this one registration stands, to whoever sent it.")]
internal sealed record RegisterForEvent(
    Guid Form,
    string Slug,
    Attendee Attendee,
    Guid? Ticket,
    IReadOnlyList<Guid> Sessions,
    string MemberNumber,
    string Remark,
    bool Privacy,
    string Site,
    IReadOnlyList<Companion>? Others = null,
    bool Together = false,
    TypedPayer? Payer = null
) : ICommand;

/// <summary>Who comes along.</summary>
/// <param name="Id">Of the registration; kept by the browser, as that of the form.</param>
/// <param name="Name">As typed.</param>
/// <param name="Email">Empty: mails go to who registers.</param>
/// <param name="Ticket">Null when the event has none.</param>
/// <param name="Sessions">Bookable ones.</param>
/// <param name="Remark">Food, access; may be empty.</param>
internal sealed record Companion(Guid Id, string Name, string Email, Guid? Ticket, IReadOnlyList<Guid> Sessions, string Remark);

/// <summary>The answer.</summary>
/// <param name="State">How far who registered is.</param>
/// <param name="Refused">Why there is no seat.</param>
/// <param name="Link">The secret that opens the registration; null when it was told before, or there is no seat.</param>
internal sealed record FormAnswer(RegistrationState State, RefusalReason? Refused, string? Link);

/// <summary>What is known when a form comes.</summary>
/// <param name="Plan">Null when the public knows of no such event.</param>
/// <param name="Known">What came with this id before; empty when nothing did.</param>
/// <param name="Others">Other forms with the same mail address in a day.</param>
/// <param name="Member">Whose number was typed, when the mail address is known there.</param>
internal sealed record Arrival(EventPlan? Plan, IReadOnlyList<KnownForm> Known, int Others, LiveMember? Member);

/// <summary>What a form said of one person, and is kept.</summary>
internal sealed class KnownForm
{
    public Guid Id { get; init; }
    public Guid Event { get; init; }
    public required string Name { get; init; }
    public required string Organisation { get; init; }
    public required string Email { get; init; }
    public required string Language { get; init; }
    public required string MemberNumber { get; init; }
    public required string Remark { get; init; }
    public required Guid[] Needs { get; init; }
}

internal static class RegisterForEventHandler
{
    /// <summary>Raised with each change of the wording in the texts.</summary>
    private const string PrivacyVersion = "2026-12";

    public static async Task<Arrival> LoadAsync(
        RegisterForEvent command,
        IDocumentSession session,
        IUnitOfWork unit,
        ILiveMembers members,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var plan = await session.FindAsync(command.Slug, ct);
        var form = TypedForm.Of(command);
        var values = new
        {
            command.Form,
            form.First.Who.Email,
            since = clock.GetUtcNow().AddDays(-1),
        };
        var known = await unit.Connection.QueryAsync<KnownForm>(
            new CommandDefinition(
                """
                select r.id, r.event_id as Event, a.name, a.organisation, a.email, a.language, coalesce(f.member_number, '') as MemberNumber,
                       coalesce(f.remark, '') as remark, r.needs
                  from events.registration r join events.attendee a on a.registration_id = r.id left join events.attendee_form f using (registration_id)
                 where r.group_id = @Form or r.id = @Form
                """,
                values,
                unit.Transaction,
                cancellationToken: ct
            )
        );
        var others = await unit.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                select count(distinct r.group_id)::int
                  from events.attendee a join events.attendee_form f using (registration_id) join events.registration r on r.id = a.registration_id
                 where lower(a.email) = lower(@Email) and r.group_id <> @Form and f.sent_at > @since
                """,
                values,
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return new Arrival(
            plan is { IsPublic: true } ? plan : null,
            known.AsList(),
            others,
            await SureMemberAsync(members, form.MemberNumber, form.First.Who.Email, clock.Today(), ct)
        );
    }

    public static IEnumerable<Problem> Validate(RegisterForEvent command, Arrival arrival, FormProblems problems) =>
        problems.Of(TypedForm.Of(command), arrival);

    public static async Task<(FormAnswer, OutgoingMessages)> HandleAsync(
        RegisterForEvent command,
        Arrival arrival,
        BookKeeper keeper,
        RegistrationMails mails,
        Payers payers,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (form, plan) = (TypedForm.Of(command), arrival.Plan!);
        // Without a waiting list a part of a group would be turned away: then it comes together or not at all.
        var register = new RegisterSeats(
            plan.EventId,
            new(form.Form),
            form.People.Count > 1 && (form.Together || !plan.Registration.WaitingList),
            [.. form.People.Select(p => new Seat(new(p.Id), p.NeedsIn(plan)))]
        );
        var (answer, messages) = await keeper.AnswerAsync(register, unit, session, ct);
        var (one, seated) = (answer.Registrations[0], answer.Registrations.Where(r => r.State != RegistrationState.Refused).ToList());
        // Of who has no seat nothing is kept; of two that arrive together the second finds the first.
        var kept = form.People.Where(p => seated.Any(r => r.Id.Value == p.Id)).ToList();
        if (kept.Count == 0 || !await KeepAsync(form, kept, arrival.Member, unit, clock.GetUtcNow(), ct))
            return (new FormAnswer(one.State, one.Refused, null), messages);
        messages.AddRange(
            await payers.ChargeAsync(
                plan,
                new(form.Form),
                [.. kept.Select(p => new TicketedSeat(new(p.Id), p.Ticket))],
                arrival.Member,
                form.Payer,
                (form.First.Who.Email, form.First.Who.Language),
                ct
            )
        );
        string? link = null;
        foreach (var (person, stands) in kept.Join(seated, p => p.Id, r => r.Id.Value, (p, r) => (p, r)))
        {
            var opens = await mails.ConfirmAsync(plan, stands, person.Who, form.Site, ct);
            if (person.Id == form.Form)
                link = opens;
        }
        return (new FormAnswer(one.State, one.Refused, link), messages);
    }

    // A number alone could be anybody's: the address has to be one that the member is known by.
    private static async Task<LiveMember?> SureMemberAsync(ILiveMembers members, string number, string email, DateOnly today, CancellationToken ct) =>
        number.Length > 0 && await members.FindAsync(number, today, ct) is { } member && await members.KnowsAsync(member.Id, email, ct) ? member : null;

    private static async Task<bool> KeepAsync(
        TypedForm form,
        IReadOnlyList<FormPerson> people,
        LiveMember? member,
        IUnitOfWork unit,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                with who as (
                  insert into events.attendee (registration_id, name, organisation, email, language, member_id)
                  select id, name, organisation, email, @language, @member from unnest(@ids, @names, @organisations, @emails) as p (id, name, organisation, email)
                  on conflict do nothing returning registration_id)
                insert into events.attendee_form (registration_id, member_number, remark, privacy, site, sent_at)
                select registration_id, @MemberNumber, p.remark, @privacy, @Site, @now
                  from who join unnest(@ids, @remarks) as p (id, remark) on p.id = registration_id
                """,
                new
                {
                    ids = people.Select(p => p.Id).ToArray(),
                    names = people.Select(p => p.Who.Name).ToArray(),
                    organisations = people.Select(p => p.Who.Organisation).ToArray(),
                    emails = people.Select(p => p.Who.Email).ToArray(),
                    remarks = people.Select(p => p.Remark).ToArray(),
                    language = form.First.Who.Language,
                    member = member?.Id.Value,
                    form.MemberNumber,
                    form.Site,
                    privacy = PrivacyVersion,
                    now,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        ) > 0;
}
