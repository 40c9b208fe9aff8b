using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Planning.Model;

/// <summary>The capacities of an event, each once, as the registration book counts them.</summary>
internal static class EventPools
{
    /// <summary>The event, its bookable sessions (never more than their room holds), its tickets.</summary>
    public static IReadOnlyList<PlannedPool> Of(EventPlan plan) =>
        [
            new(new(plan.Id), PoolKind.Event, plan.Registration.Seats),
            .. plan.Sessions.Where(s => s.Bookable).Select(s => new PlannedPool(new(s.Id), PoolKind.Session, Least(s.Seats, plan.RoomOf(s)?.Seats))),
            .. plan.Tickets.Select(t => new PlannedPool(new(t.Id), PoolKind.Ticket, t.Contingent)),
        ];

    /// <summary>
    /// Tells the book of a published event how many seats there are now, in the transaction of the plan. A draft has no book: it may go without a trace.
    /// </summary>
    /// <returns>What the handler has to send.</returns>
    /// <exception cref="ProblemsException">Fewer than are taken.</exception>
    public static async Task<OutgoingMessages> TellAsync(
        this BookKeeper keeper,
        EventPlan plan,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        if (plan.Stage != EventStage.Published)
            return [];
        var terms = plan.Registration;
        var rules = new BookRules(terms.Opens?.ToInstant(), (terms.Closes ?? plan.Starts).ToInstant(), terms.WaitingList, terms.OfferHours, terms.MostAtOnce);
        return (await keeper.DecideAsync(new PlanSeats(plan.EventId, rules, Of(plan)), unit, session, ct)).Messages;
    }

    /// <summary>Closes the book of an event that does not take place: who registers from now on, by whatever page was open, is refused.</summary>
    /// <returns>What the handler has to send.</returns>
    public static async Task<OutgoingMessages> CloseAsync(
        this BookKeeper keeper,
        EventPlan plan,
        DateTimeOffset now,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        var closed = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)); // as exact as the row keeps it
        var rules = new BookRules(Opens: null, closed, WaitingList: false, OfferHours: null, plan.Registration.MostAtOnce);
        return (await keeper.DecideAsync(new PlanSeats(plan.EventId, rules, Of(plan)), unit, session, ct)).Messages;
    }

    private static int? Least(int? one, int? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
