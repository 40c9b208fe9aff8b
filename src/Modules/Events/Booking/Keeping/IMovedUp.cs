using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Marten;

namespace Association.Events.Booking.Keeping;

/// <summary>Is told what was decided about an event, in the transaction of the decision, and tells those who moved up, whatever made a seat free.</summary>
internal interface IMovedUp
{
    /// <summary>Tells them.</summary>
    /// <param name="id">Of the event.</param>
    /// <param name="facts">All of the decision; mostly nobody moved up.</param>
    /// <param name="session">The handler's.</param>
    /// <param name="ct">Ends it.</param>
    Task TellAsync(EventId id, IReadOnlyList<BookFact> facts, IDocumentSession session, CancellationToken ct);
}
