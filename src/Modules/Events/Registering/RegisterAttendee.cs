using Association.Events.Booking;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Events.Pricing;
using Association.Events.Registering.Mails;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering;

/// <summary>Who comes.</summary>
/// <param name="Name">„Dr. Nora Groß“.</param>
/// <param name="Organisation">May be empty.</param>
/// <param name="Email">May be empty, when the office registers whoever calls.</param>
/// <param name="Language">Of mails: <c>de</c>, <c>fr</c> or <c>en</c>.</param>
internal sealed record Attendee(string Name, string Organisation, string Email, string Language)
{
    /// <summary>A name, of a person or a house, has so many characters at most.</summary>
    public const int Longest = 200;

    /// <summary>Each in one line, without blanks around.</summary>
    public Attendee Tidied() =>
        this with
        {
            Name = CleanText.Line(Name).Trim(),
            Organisation = CleanText.Line(Organisation).Trim(),
            Email = CleanText.Line(Email).Trim(),
        };
}

/// <summary>The office registers one person, also before registration opens and after it closed. Sent again with the same id, it is the same
/// registration.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Form">Id of the form.</param>
/// <param name="Attendee">As typed.</param>
/// <param name="Ticket">One of the event's; null when it has none.</param>
/// <param name="Sessions">Bookable ones that the person chose.</param>
/// <param name="MemberNumber">Of the member for whom she comes; may be empty.</param>
/// <param name="Payer">Who pays; null or empty: the member, or nothing is to be paid.</param>
/// <param name="Site">Where the office works, for the link in the mail that confirms it; null: no mail.</param>
[Permission(BookingFeature.Manage)]
internal sealed record RegisterAttendee(
    int Number,
    Guid Form,
    Attendee Attendee,
    Guid? Ticket,
    IReadOnlyList<Guid> Sessions,
    string MemberNumber = "",
    TypedPayer? Payer = null,
    string? Site = null
) : ICommand;

/// <summary>What is known when the office registers somebody.</summary>
/// <param name="Plan">Null when there is no such event.</param>
/// <param name="Member">Of the number that was typed.</param>
internal sealed record OfficeArrival(EventPlan? Plan, LiveMember? Member);

internal static class RegisterAttendeeHandler
{
    public static async Task<OfficeArrival> LoadAsync(
        RegisterAttendee command,
        IDocumentSession session,
        ILiveMembers members,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        new(
            await session.FindAsync(command.Number, ct),
            command.MemberNumber.Trim() is { Length: > 0 } number ? await members.FindAsync(number, clock.Today(), ct) : null
        );

    public static IEnumerable<Problem> Validate(
        RegisterAttendee command,
        OfficeArrival arrival,
        IStringLocalizer<EventTexts> planned,
        IStringLocalizer<RegistrationTexts> texts,
        IStringLocalizer<PricingTexts> pricing
    )
    {
        var plan = arrival.Plan;
        if (plan is not { Stage: EventStage.Published })
        {
            yield return new("", plan is null ? planned["Problem.Gone"] : texts["Problem.NotPublished"]);
            yield break;
        }
        var who = command.Attendee.Tidied();
        if (who.Name.Length == 0)
            yield return new(nameof(who.Name), texts["Problem.Name"]);
        foreach (var (field, text) in new[] { (nameof(who.Name), who.Name), (nameof(who.Organisation), who.Organisation) })
            if (text.Length > Attendee.Longest)
                yield return new(field, texts["Problem.TooLong", text.Length, Attendee.Longest]);
        if (who.Email.Length > 0 && !EmailAddress.TryParse(who.Email, out _, out _))
            yield return new(nameof(who.Email), texts["Problem.Email", who.Email]);
        if (!Words.Languages.Contains(who.Language))
            yield return new(nameof(who.Language), texts["Problem.Language"]);
        if (plan.Tickets.Count > 0 && plan.Tickets.All(t => t.Id != command.Ticket))
            yield return new(nameof(command.Ticket), texts["Problem.Ticket"]);
        if (command.Form == Guid.Empty)
            yield return new("", texts["Problem.Form"]);
        if (command.MemberNumber.Trim().Length > 0 && arrival.Member is null)
            yield return new(nameof(command.MemberNumber), texts["Problem.MemberNumber", command.MemberNumber.Trim()]);
        if (command.Site is not null && (who.Email.Length == 0 || !PublicAddress.IsSite(command.Site)))
            yield return new(nameof(who.Email), texts["Problem.NoMail"]);
        if (plan.Tickets.FirstOrDefault(t => t.Id == command.Ticket) is not { } ticket)
            yield break;
        if (!ticket.IsFor(arrival.Member) && (command.MemberNumber.Trim().Length == 0 || arrival.Member is not null))
            yield return new(nameof(command.MemberNumber), texts[arrival.Member is null ? "Problem.MembersOnly" : "Problem.OtherCategory"]);
        if (ticket.Price > Money.Zero)
            foreach (var problem in (command.Payer ?? TypedPayer.None).Tidied().Problems(arrival.Member, pricing))
                yield return problem;
    }

    public static async Task<(RegistrationAnswer, OutgoingMessages)> HandleAsync(
        RegisterAttendee command,
        OfficeArrival arrival,
        BookKeeper keeper,
        Payers payers,
        RegistrationMails mails,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var plan = arrival.Plan!;
        var (who, id) = (command.Attendee.Tidied(), new RegistrationId(command.Form));
        IReadOnlyList<PoolId> needs = [.. command.Sessions.Append(command.Ticket ?? plan.Id).Distinct().Select(n => new PoolId(n))];
        var register = new RegisterSeats(plan.EventId, new GroupId(command.Form), IsWhole: false, [new Seat(id, needs)], ByOffice: true);
        var (answer, messages) = await keeper.AnswerAsync(register, unit, session, ct);
        var one = answer.Registrations.Single();
        var isNew = await unit.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                """
                insert into events.attendee (registration_id, name, organisation, email, language, member_id)
                values (@id, @Name, @Organisation, @Email, @Language, @member)
                on conflict (registration_id) do update set name = excluded.name, organisation = excluded.organisation, email = excluded.email,
                  language = excluded.language, member_id = excluded.member_id
                returning xmax = 0
                """,
                new
                {
                    id = id.Value,
                    who.Name,
                    who.Organisation,
                    who.Email,
                    who.Language,
                    member = arrival.Member?.Id.Value,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        if (!isNew || one.State == RegistrationState.Refused)
            return (one, messages);
        messages.AddRange(
            await payers.ChargeAsync(
                plan,
                new(command.Form),
                [new TicketedSeat(id, command.Ticket)],
                arrival.Member,
                (command.Payer ?? TypedPayer.None).Tidied(),
                (who.Email, who.Language),
                ct
            )
        );
        if (command.Site is { } site)
        {
            await unit.Connection.ExecuteAsync(
                new CommandDefinition(
                    "insert into events.attendee_form values (@id, @MemberNumber, '', 'office', @site, @now)",
                    new
                    {
                        id = id.Value,
                        MemberNumber = command.MemberNumber.Trim(),
                        site,
                        now = clock.GetUtcNow(),
                    },
                    unit.Transaction,
                    cancellationToken: ct
                )
            );
            await mails.ConfirmAsync(plan, one, who, site, ct);
        }
        return (one, messages);
    }
}
