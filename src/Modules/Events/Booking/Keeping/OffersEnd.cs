using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Booking.Keeping;

/// <summary>Offers of an event end. Says nothing of whom: whoever has taken the seat by then has it.</summary>
/// <param name="Event">Whose.</param>
/// <param name="Until">When.</param>
[MessageName("events.offers-end")]
internal sealed record OffersEnd(EventId Event, DateTimeOffset Until);

[PlainWords(typeof(BookingTexts), "Work.OffersEnd")]
internal static class OffersEndHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        OffersEnd message,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => (await keeper.DecideAsync(new LapseOffers(message.Event), unit, session, ct, notBefore: message.Until)).Messages;
}
