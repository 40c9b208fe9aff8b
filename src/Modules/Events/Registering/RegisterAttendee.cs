using Association.Events.Booking;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
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
[Permission(BookingFeature.Manage)]
internal sealed record RegisterAttendee(int Number, Guid Form, Attendee Attendee, Guid? Ticket, IReadOnlyList<Guid> Sessions) : ICommand;

internal static class RegisterAttendeeHandler
{
    public static Task<EventPlan?> LoadAsync(RegisterAttendee command, IDocumentSession session, CancellationToken ct) => session.FindAsync(command.Number, ct);

    public static IEnumerable<Problem> Validate(
        RegisterAttendee command,
        EventPlan? plan,
        IStringLocalizer<EventTexts> planned,
        IStringLocalizer<RegistrationTexts> texts
    )
    {
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
    }

    public static async Task<(RegistrationAnswer, IReadOnlyList<ScheduledMessage>)> HandleAsync(
        RegisterAttendee command,
        EventPlan plan,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        var (who, id) = (command.Attendee.Tidied(), new RegistrationId(command.Form));
        IReadOnlyList<PoolId> needs = [.. command.Sessions.Append(command.Ticket ?? plan.Id).Distinct().Select(n => new PoolId(n))];
        var register = new RegisterSeats(plan.EventId, new GroupId(command.Form), IsWhole: false, [new Seat(id, needs)], ByOffice: true);
        var (answer, messages) = await keeper.AnswerAsync(register, unit, session, ct);
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into events.attendee values (@id, @Name, @Organisation, @Email, @Language)
                on conflict (registration_id) do update set name = excluded.name, organisation = excluded.organisation, email = excluded.email,
                  language = excluded.language
                """,
                new
                {
                    id = id.Value,
                    who.Name,
                    who.Organisation,
                    who.Email,
                    who.Language,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return (answer.Registrations.Single(), messages);
    }
}
