namespace Association.Events.Planning.Model;

/// <summary>What seats are counted over.</summary>
internal enum PoolKind
{
    /// <summary>The whole event.</summary>
    Event,

    /// <summary>A bookable session.</summary>
    Session,

    /// <summary>Tickets of one kind.</summary>
    Ticket,
}

/// <summary>So many seats of something, to be counted by the registration book.</summary>
/// <param name="Id">Of the event, the session or the ticket; one id is never two pools.</param>
/// <param name="Kind">What it is of.</param>
/// <param name="Seats">How many; null without limit.</param>
internal sealed record EventPool(Guid Id, PoolKind Kind, int? Seats);

/// <summary>The capacities of an event, each once.</summary>
internal static class EventPools
{
    /// <summary>The event, its bookable sessions (never more than their room holds), its tickets.</summary>
    public static IReadOnlyList<EventPool> Of(EventPlan plan) =>
        [
            new(plan.Id, PoolKind.Event, plan.Registration.Seats),
            .. plan.Sessions.Where(s => s.Bookable).Select(s => new EventPool(s.Id, PoolKind.Session, Least(s.Seats, plan.RoomOf(s)?.Seats))),
            .. plan.Tickets.Select(t => new EventPool(t.Id, PoolKind.Ticket, t.Contingent)),
        ];

    private static int? Least(int? one, int? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
