using Association.Events.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Events.Booking.Model;

/// <summary>Something that has a number of seats, or none to count: an event, a session, a room, a contingent, a ticket. The id is that of the thing.</summary>
internal readonly record struct PoolId(Guid Value) : IEntityId<PoolId>
{
    public static PoolId From(Guid value) => new(value);

    public static PoolId New() => EntityIds.New<PoolId>();
}

/// <summary>All who come in one go: the id of the form that registers them.</summary>
internal readonly record struct GroupId(Guid Value) : IEntityId<GroupId>
{
    public static GroupId From(Guid value) => new(value);

    public static GroupId New() => EntityIds.New<GroupId>();
}

/// <summary>What a pool's seats belong to.</summary>
internal enum PoolKind
{
    /// <summary>The event as a whole: every seat needs it.</summary>
    Event,

    /// <summary>One part of the programme.</summary>
    Session,

    /// <summary>Where something takes place.</summary>
    Room,

    /// <summary>What is kept for the people of one organisation.</summary>
    Contingent,

    /// <summary>A kind of ticket.</summary>
    Ticket,
}

/// <summary>A pool as it is planned.</summary>
/// <param name="Id">Of the thing.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Capacity">Seats; null: as many as come.</param>
internal sealed record PlannedPool(PoolId Id, PoolKind Kind, int? Capacity);

/// <summary>A pool as it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Capacity">Seats; null: as many as come.</param>
/// <param name="Taken">By whoever has a seat or is offered one.</param>
internal sealed record Pool(PoolKind Kind, int? Capacity, int Taken)
{
    /// <summary>Whether so many more fit.</summary>
    public bool Has(int seats) => Capacity is null || Taken + seats <= Capacity;
}

/// <summary>How the book of an event is kept.</summary>
/// <param name="Opens">From when on somebody may register; null: at once.</param>
/// <param name="Closes">From when on nobody may any more; null: never.</param>
/// <param name="WaitingList">Whether who finds no seat may wait.</param>
/// <param name="OfferHours">For how long a seat that became free is held for the next one, who has to take it; null: it is his at once.</param>
/// <param name="MostAtOnce">How many one may register together.</param>
internal sealed record BookRules(DateTimeOffset? Opens, DateTimeOffset? Closes, bool WaitingList, int? OfferHours, int MostAtOnce)
{
    /// <summary>Until when a seat is held that became free now; null: it goes to the next one at once, also when the book is closed and nobody could
    /// answer.</summary>
    public DateTimeOffset? HeldUntil(DateTimeOffset now)
    {
        if (OfferHours is not { } hours || now >= Closes)
            return null;
        var until = now.AddHours(hours);
        return Closes < until ? Closes : until;
    }
}

/// <summary>One seat that is asked for.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="Needs">The pools of which it takes a seat each.</param>
internal sealed record Seat(RegistrationId Id, IReadOnlyList<PoolId> Needs);

/// <summary>How far a registration is.</summary>
internal enum RegistrationState
{
    /// <summary>Has a seat.</summary>
    Accepted,

    /// <summary>Has none yet.</summary>
    Waiting,

    /// <summary>A seat is held until an hour.</summary>
    Offered,

    /// <summary>Does not come any more.</summary>
    Cancelled,

    /// <summary>Did not take the seat that was offered.</summary>
    Lapsed,

    /// <summary>Got none and does not wait.</summary>
    Refused,
}

/// <summary>A registration as it stands.</summary>
/// <param name="Id">Of one person's seat.</param>
/// <param name="Group">With whom.</param>
/// <param name="IsWhole">Whether the group comes together or not at all.</param>
/// <param name="Needs">In the order of their ids.</param>
/// <param name="State">How far.</param>
/// <param name="Place">In the waiting list, while it waits; those who wait as a whole have one place together.</param>
/// <param name="OfferedUntil">While a seat is offered.</param>
/// <param name="At">When it was registered.</param>
/// <param name="Fact">The latest that was decided about it: its number in the stream.</param>
internal sealed record Registration(
    RegistrationId Id,
    GroupId Group,
    bool IsWhole,
    IReadOnlyList<PoolId> Needs,
    RegistrationState State,
    long? Place,
    DateTimeOffset? OfferedUntil,
    DateTimeOffset At,
    long Fact
)
{
    /// <summary>Whether it takes its seats from the pools.</summary>
    public bool HoldsSeat => State is RegistrationState.Accepted or RegistrationState.Offered;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => State is RegistrationState.Cancelled or RegistrationState.Lapsed or RegistrationState.Refused;
}
