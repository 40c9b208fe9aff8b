using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Booking.Keeping;

/// <summary>Does what follows from a decision, in its transaction, whatever led to it: so no way to free a seat can forget it.</summary>
internal interface IBookFollower
{
    /// <summary>Is called behind the rows of the decision.</summary>
    /// <param name="id">Of the event.</param>
    /// <param name="facts">All of the decision; at least one.</param>
    /// <param name="session">The handler's.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>What is to be sent.</returns>
    Task<OutgoingMessages> FollowAsync(EventId id, IReadOnlyList<BookFact> facts, IDocumentSession session, CancellationToken ct);
}
