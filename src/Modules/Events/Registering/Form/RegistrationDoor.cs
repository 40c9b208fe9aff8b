using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;

namespace Association.Events.Registering.Form;

/// <summary>Whether somebody can register by the public form, and if not, why.</summary>
internal enum Door
{
    /// <summary>The form is there; it may lead to the waiting list.</summary>
    Open,

    /// <summary>Later.</summary>
    NotYet,

    /// <summary>Not any more.</summary>
    Closed,

    /// <summary>No seat, and nobody may wait.</summary>
    Full,

    /// <summary>For members: the office knows who is one.</summary>
    Members,

    /// <summary>No ticket is offered today.</summary>
    NoTicket,

    /// <summary>It does not take place.</summary>
    Cancelled,

    /// <summary>It is over.</summary>
    Over,
}

/// <summary>Says it, for the event's page, for the form and for the command.</summary>
internal static class RegistrationDoor
{
    /// <summary>How it is now.</summary>
    /// <param name="plan">Known to the public.</param>
    /// <param name="seats">As far as they are known; the book has the last word.</param>
    /// <param name="now">The time.</param>
    public static Door Of(EventPlan plan, IReadOnlyList<FilledPool> seats, DateTimeOffset now)
    {
        var terms = plan.Registration;
        return plan.Stage == EventStage.Cancelled ? Door.Cancelled
            : plan.IsOver(now) ? Door.Over
            : plan.Visibility == Visibility.Members ? Door.Members
            : terms.Opens?.ToInstant() > now ? Door.NotYet
            : (terms.Closes ?? plan.Starts).ToInstant() <= now ? Door.Closed
            : plan.Tickets.Count > 0 && TicketsOf(plan, now).Count == 0 ? Door.NoTicket
            : !terms.WaitingList && IsFull(seats, plan.Id) ? Door.Full
            : Door.Open;
    }

    /// <summary>Tickets that can be had today.</summary>
    public static IReadOnlyList<Ticket> TicketsOf(EventPlan plan, DateTimeOffset now) => [.. plan.Tickets.Where(t => t.IsOfferedOn(now.ToBusinessDate()))];

    /// <summary>Whether no seat of it is left.</summary>
    public static bool IsFull(IReadOnlyList<FilledPool> seats, Guid pool) => FreeIn(seats, pool) == 0;

    /// <summary>Seats that are left; null when nobody counts them.</summary>
    public static int? FreeIn(IReadOnlyList<FilledPool> seats, Guid pool) =>
        seats.FirstOrDefault(s => s.Id.Value == pool) is { Capacity: { } all, Taken: var taken } ? all - taken : null;
}
