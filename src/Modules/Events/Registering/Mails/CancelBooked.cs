using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Registering.Mails;

/// <summary>Go on with ending the registrations of an event that does not take place.</summary>
[MessageName("events.cancel-booked"), InternalOnly]
internal sealed record CancelBooked(EventId Event) : ICommand;

/// <summary>The event does not take place: what is owed for it is taken back, and everybody is told.</summary>
[PlainWords(typeof(RegistrationTexts), "Work.CancelBooked")]
internal static class EndBookHandler
{
    public static CancelBooked Handle(EventCancelled cancelled) => new(cancelled.Event);
}

/// <summary>Some a message, those first who wait: so nobody moves up into a seat that is about to go.</summary>
[PlainWords(typeof(RegistrationTexts), "Work.CancelBooked")]
internal static class CancelBookedHandler
{
    private const int PerMessage = 250;

    public static async Task<OutgoingMessages> HandleAsync(
        CancelBooked command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        var live = (
            await unit.Connection.QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    select id from events.registration where event_id = @id and state in ('waiting', 'offered', 'accepted')
                     order by state <> 'waiting', state <> 'offered', id limit @limit
                    """,
                    new { id = command.Event.Value, limit = PerMessage },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).Select(RegistrationId.From).ToList();
        if (live.Count == 0)
            return [];
        var messages = (await keeper.DecideAsync(new CancelRegistrations(command.Event, live, CancelReason.EventCancelled), unit, session, ct)).Messages;
        if (live.Count == PerMessage)
            messages.Add(command);
        return messages;
    }
}
