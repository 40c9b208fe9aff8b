using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Form;

/// <summary>Somebody registers for an event, free of charge. Sent again with the same id, it is the same registration.</summary>
/// <param name="Form">Id of the form; the browser keeps it from the first page on.</param>
/// <param name="Slug">Of the event.</param>
/// <param name="Attendee">As typed, with the language of the page.</param>
/// <param name="Ticket">One of those offered today; null when the event has none.</param>
/// <param name="Sessions">Bookable ones that the person chose.</param>
/// <param name="MemberNumber">As typed; the office looks whether it is one. May be empty.</param>
/// <param name="Remark">Food, access; may be empty.</param>
/// <param name="Privacy">The privacy notice was read.</param>
/// <param name="Site">Where the page was opened: <c>https://office.example</c>.</param>
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
    string Site
) : ICommand;

/// <summary>The answer.</summary>
/// <param name="State">How far.</param>
/// <param name="Refused">Why there is no seat.</param>
/// <param name="Link">The secret that opens the registration; null when it was told before, or there is no seat.</param>
internal sealed record FormAnswer(RegistrationState State, RefusalReason? Refused, string? Link);

/// <summary>What is known when a form comes.</summary>
/// <param name="Plan">Null when the public knows of no such event.</param>
/// <param name="Known">What came with this id before; null when nothing did.</param>
/// <param name="Others">Other forms with the same mail address in a day.</param>
internal sealed record Arrival(EventPlan? Plan, KnownForm? Known, int Others);

/// <summary>What a form said that is kept.</summary>
internal sealed class KnownForm
{
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
    /// <summary>So many forms with one mail address in a day are enough: nobody fills a stranger's mailbox with confirmations.</summary>
    public const int MostADay = 3;

    /// <summary>Raised with each change of the wording in the texts.</summary>
    private const string PrivacyVersion = "2026-12";

    private const int LongestNumber = 40;
    private const int LongestRemark = 1000;

    public static async Task<Arrival> LoadAsync(RegisterForEvent command, IDocumentSession session, IUnitOfWork unit, TimeProvider clock, CancellationToken ct)
    {
        var plan = await session.FindAsync(command.Slug, ct);
        var values = new
        {
            command.Form,
            Tidy(command).Attendee.Email,
            since = clock.GetUtcNow().AddDays(-1),
        };
        var known = await unit.Connection.QuerySingleOrDefaultAsync<KnownForm>(
            new CommandDefinition(
                """
                select r.event_id as Event, a.name, a.organisation, a.email, a.language, coalesce(f.member_number, '') as MemberNumber,
                       coalesce(f.remark, '') as remark, r.needs
                  from events.registration r join events.attendee a on a.registration_id = r.id left join events.attendee_form f using (registration_id)
                 where r.id = @Form
                """,
                values,
                unit.Transaction,
                cancellationToken: ct
            )
        );
        var others = await unit.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                select count(*)::int from events.attendee a join events.attendee_form f using (registration_id)
                 where lower(a.email) = lower(@Email) and registration_id <> @Form and f.sent_at > @since
                """,
                values,
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return new Arrival(plan is { IsPublic: true } ? plan : null, known, others);
    }

    public static IEnumerable<Problem> Validate(RegisterForEvent command, Arrival arrival, TimeProvider clock, IStringLocalizer<RegisterTexts> texts)
    {
        if (arrival.Plan is not { } plan)
            return [new("", texts["Problem.Gone"])];
        var form = Tidy(command);
        if (arrival.Known is { } known)
            return IsSame(known, form, plan) ? [] : [new("", texts["Problem.Sent"])];
        if (RegistrationDoor.Of(plan, [], clock.GetUtcNow()) is not Door.Open and var door)
            return [new("", texts[$"Door.{door}"])];
        if (form.Form == Guid.Empty || !PublicAddress.IsSite(form.Site) || !Words.Languages.Contains(form.Attendee.Language))
            return [new("", texts["Problem.Form"])];
        return [.. Person(form, arrival.Others, texts), .. Choice(form, plan, clock.GetUtcNow(), texts)];
    }

    public static async Task<(FormAnswer, IReadOnlyList<ScheduledMessage>)> HandleAsync(
        RegisterForEvent command,
        Arrival arrival,
        BookKeeper keeper,
        RegistrationMails mails,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (form, plan) = (Tidy(command), arrival.Plan!);
        var register = new RegisterSeats(plan.EventId, new(form.Form), IsWhole: false, [new Seat(new(form.Form), NeedsOf(form, plan))]);
        var (answer, messages) = await keeper.AnswerAsync(register, unit, session, ct);
        var one = answer.Registrations.Single();
        // Of who has no seat nothing is kept; of two that arrive together the second finds the first.
        if (one.State == RegistrationState.Refused || !await KeepAsync(form, unit, clock.GetUtcNow(), ct))
            return (new FormAnswer(one.State, one.Refused, null), messages);
        return (new FormAnswer(one.State, null, await mails.ConfirmAsync(plan, one, form, ct)), messages);
    }

    private static async Task<bool> KeepAsync(RegisterForEvent form, IUnitOfWork unit, DateTimeOffset now, CancellationToken ct) =>
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                with who as (
                  insert into events.attendee values (@Form, @Name, @Organisation, @Email, @Language) on conflict do nothing returning registration_id)
                insert into events.attendee_form (registration_id, member_number, remark, privacy, site, sent_at)
                select registration_id, @MemberNumber, @Remark, @privacy, @Site, @now from who
                """,
                new
                {
                    form.Form,
                    form.Attendee.Name,
                    form.Attendee.Organisation,
                    form.Attendee.Email,
                    form.Attendee.Language,
                    form.MemberNumber,
                    form.Remark,
                    privacy = PrivacyVersion,
                    form.Site,
                    now,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        ) == 1;

    private static IEnumerable<Problem> Person(RegisterForEvent form, int others, IStringLocalizer<RegisterTexts> texts)
    {
        var who = form.Attendee;
        if (who.Name.Length == 0)
            yield return new(nameof(who.Name), texts["Problem.Name"]);
        if (!EmailAddress.TryParse(who.Email, out _, out _))
            yield return new(nameof(who.Email), who.Email.Length == 0 ? texts["Problem.NoEmail"] : texts["Problem.Email", who.Email]);
        else if (others >= MostADay)
            yield return new(nameof(who.Email), texts["Problem.TooMany", who.Email]);
        foreach (
            var (field, text, longest) in new[]
            {
                (nameof(who.Name), who.Name, Attendee.Longest),
                (nameof(who.Organisation), who.Organisation, Attendee.Longest),
                (nameof(form.MemberNumber), form.MemberNumber, LongestNumber),
                (nameof(form.Remark), form.Remark, LongestRemark),
            }
        )
            if (text.Length > longest)
                yield return new(field, texts["Problem.TooLong", text.Length, longest]);
        if (!form.Privacy)
            yield return new(nameof(form.Privacy), texts["Problem.Privacy"]);
    }

    private static IEnumerable<Problem> Choice(RegisterForEvent form, EventPlan plan, DateTimeOffset now, IStringLocalizer<RegisterTexts> texts)
    {
        if (plan.Tickets.Count > 0 && RegistrationDoor.TicketsOf(plan, now).All(t => t.Id != form.Ticket))
            yield return new(
                nameof(form.Ticket),
                RegistrationDoor.OfficeTicketsOf(plan, now).Any(t => t.Id == form.Ticket) ? texts["Problem.TicketAtOffice"] : texts["Problem.Ticket"]
            );
        var chosen = plan.Bookable.Where(s => form.Sessions.Contains(s.Id)).ToList();
        if (chosen.Count < form.Sessions.Count)
            yield return new(nameof(form.Sessions), texts["Problem.Session"]);
        foreach (var (one, next) in chosen.Zip(chosen.Skip(1)))
            if (next.Starts < one.Ends)
                yield return new(nameof(form.Sessions), texts["Problem.SameTime", one.Title.In(Words.Reader), next.Title.In(Words.Reader)]);
    }

    private static IReadOnlyList<PoolId> NeedsOf(RegisterForEvent form, EventPlan plan) =>
        [.. form.Sessions.Append(TicketOf(form, plan) ?? plan.Id).Select(PoolId.From)];

    private static Guid? TicketOf(RegisterForEvent form, EventPlan plan) => plan.Tickets.Count > 0 ? form.Ticket : null;

    private static bool IsSame(KnownForm known, RegisterForEvent form, EventPlan plan) =>
        known.Event == plan.Id
        && new Attendee(known.Name, known.Organisation, known.Email, known.Language) == form.Attendee
        && (known.MemberNumber, known.Remark) == (form.MemberNumber, form.Remark)
        && NeedsOf(form, plan).Select(n => n.Value).Append(plan.Id).ToHashSet().SetEquals(known.Needs);

    private static RegisterForEvent Tidy(RegisterForEvent form) =>
        form with
        {
            Attendee = form.Attendee.Tidied(),
            Sessions = [.. form.Sessions.Distinct()],
            MemberNumber = CleanText.Line(form.MemberNumber).Trim(),
            Remark = CleanText.Lines(form.Remark).Trim(),
        };
}
