using Association.Events.Attending;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Registering.Form;
using Association.Events.Registering.Mails;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Own;

/// <summary>A colleague comes instead, at the price that was agreed. She gets a link of her own; the one that handed it over opens nothing any more.</summary>
/// <param name="Key">The secret of the link.</param>
/// <param name="Name">Of the colleague.</param>
/// <param name="Email">Of the colleague.</param>
[AnyoneMay("Whoever holds the link registered, or was mailed it; it has 256 random bits.")]
internal sealed record HandOverOwnSeat(string? Key, string Name, string Email) : ICommand;

internal static class HandOverOwnSeatHandler
{
    public static Task<OpenedRegistration?> LoadAsync(
        HandOverOwnSeat command,
        IDocumentSession session,
        IUnitOfWork unit,
        TimeProvider clock,
        CancellationToken ct
    ) => OpenedRegistration.FindAsync(command.Key, session, unit, clock, ct);

    public static IEnumerable<Problem> Validate(
        HandOverOwnSeat command,
        OpenedRegistration? opened,
        FormProblems problems,
        TimeProvider clock,
        IStringLocalizer<RegisterTexts> texts
    ) =>
        OpenedRegistration.Obstacle(opened, clock, texts) is { } obstacle
            ? [obstacle]
            : problems.Person(new Attendee(command.Name, "", command.Email, "de").Tidied());

    public static async Task<OutgoingMessages> HandleAsync(
        HandOverOwnSeat command,
        OpenedRegistration opened,
        BookKeeper keeper,
        RegistrationMails mails,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (plan, id) = (opened.Plan, opened.Registration);
        var written = await keeper.DecideAsync(new HandOverRegistration(plan.EventId, id), unit, session, ct);
        var (language, site, organisation) = await unit.Connection.QuerySingleAsync<(string Language, string? Site, string Organisation)>(
            new CommandDefinition(
                """
                select a.language, f.site, a.organisation from events.attendee a left join events.attendee_form f using (registration_id)
                 where a.registration_id = @id for update of a
                """,
                new { id = id.Value },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        var who = new Attendee(command.Name, organisation, command.Email, language).Tidied();
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                update events.attendee set name = @Name, email = @Email where registration_id = @id;
                update events.attendee_form set remark = '' where registration_id = @id;
                """,
                new
                {
                    id = id.Value,
                    who.Name,
                    who.Email,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        await TicketCodes.RevokeAsync(unit.Connection, id.Value, ct);
        await RegistrationMails.Links.RevokeAsync(unit.Connection, [id.Value], clock.GetUtcNow(), ct);
        var stands = written.Decision.Book.Registrations[id];
        await mails.ConfirmAsync(plan, new RegistrationAnswer(id, stands.State), who, site ?? "", ct, handedOver: stands.Fact);
        return written.Messages;
    }
}
