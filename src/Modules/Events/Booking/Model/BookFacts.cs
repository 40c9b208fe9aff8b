using Association.Events.Contracts;
using Marten;

namespace Association.Events.Booking.Model;

/// <summary>What was decided, with all that is needed to explain it, and nothing about a person but ids. Never changed.</summary>
/// <param name="At">When.</param>
internal abstract record BookFact(DateTimeOffset At)
{
    /// <summary>Each has a name in the stream that stays, whatever its class is called.</summary>
    public static void Name(StoreOptions options)
    {
        options.Events.MapEventType<SeatsPlanned>("seats-planned");
        options.Events.MapEventType<RegistrationAccepted>("registration-accepted");
        options.Events.MapEventType<RegistrationWaits>("registration-waits");
        options.Events.MapEventType<RegistrationRefused>("registration-refused");
        options.Events.MapEventType<RegistrationPromoted>("registration-promoted");
        options.Events.MapEventType<SeatOffered>("seat-offered");
        options.Events.MapEventType<OfferAccepted>("offer-accepted");
        options.Events.MapEventType<OfferLapsed>("offer-lapsed");
        options.Events.MapEventType<RegistrationCancelled>("registration-cancelled");
        options.Events.MapEventType<RegistrationChanged>("registration-changed");
        options.Events.MapEventType<RegistrationHandedOver>("registration-handed-over");
    }
}

/// <summary>So many seats there are from now on, and so the book is kept.</summary>
internal sealed record SeatsPlanned(DateTimeOffset At, BookRules Rules, IReadOnlyList<PlannedPool> Pools) : BookFact(At);

/// <summary>These have their seats.</summary>
internal sealed record RegistrationAccepted(DateTimeOffset At, GroupId Group, bool IsWhole, IReadOnlyList<Seat> Seats) : BookFact(At);

/// <summary>These wait, because pools are full.</summary>
/// <param name="Place">All have this one.</param>
/// <param name="Full">The pools that had not enough.</param>
internal sealed record RegistrationWaits(DateTimeOffset At, GroupId Group, bool IsWhole, IReadOnlyList<Seat> Seats, long Place, IReadOnlyList<PoolId> Full)
    : BookFact(At);

/// <summary>These have no seat and do not wait.</summary>
/// <param name="Seats">None when far too many were asked.</param>
/// <param name="Asked">How many.</param>
/// <param name="Full">The pools that had not enough; none for another reason.</param>
internal sealed record RegistrationRefused(
    DateTimeOffset At,
    GroupId Group,
    bool IsWhole,
    IReadOnlyList<Seat> Seats,
    int Asked,
    RefusalReason Reason,
    IReadOnlyList<PoolId> Full
) : BookFact(At);

/// <summary>These waited first among those who fit, and have their seats now.</summary>
internal sealed record RegistrationPromoted(DateTimeOffset At, IReadOnlyList<RegistrationId> Registrations, Cause Because) : BookFact(At);

/// <summary>These waited first among those who fit; their seats are held until an hour.</summary>
internal sealed record SeatOffered(DateTimeOffset At, IReadOnlyList<RegistrationId> Registrations, DateTimeOffset Until, Cause Because) : BookFact(At);

/// <summary>These took what was offered.</summary>
internal sealed record OfferAccepted(DateTimeOffset At, IReadOnlyList<RegistrationId> Registrations) : BookFact(At);

/// <summary>These did not in time.</summary>
internal sealed record OfferLapsed(DateTimeOffset At, IReadOnlyList<RegistrationId> Registrations) : BookFact(At);

/// <summary>These do not come.</summary>
internal sealed record RegistrationCancelled(DateTimeOffset At, IReadOnlyList<RegistrationId> Registrations, CancelReason Reason) : BookFact(At);

/// <summary>It needs other seats now.</summary>
internal sealed record RegistrationChanged(DateTimeOffset At, RegistrationId Registration, IReadOnlyList<PoolId> Needs) : BookFact(At);

/// <summary>Another person has it; who, stands beside the stream.</summary>
internal sealed record RegistrationHandedOver(DateTimeOffset At, RegistrationId Registration) : BookFact(At);

/// <summary>Why seats became free.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Registrations">With whom; none when seats were planned.</param>
internal sealed record Cause(CauseKind Kind, IReadOnlyList<RegistrationId> Registrations);

/// <summary>What made somebody move up.</summary>
internal enum CauseKind
{
    Cancelled,
    Changed,
    Lapsed,
    SeatsPlanned,
}

/// <summary>Why somebody got no seat.</summary>
internal enum RefusalReason
{
    /// <summary>Full, and there is no waiting list.</summary>
    Full,

    /// <summary>More than there will ever be: who waited for it would wait for nothing.</summary>
    MoreThanThereIs,

    /// <summary>More at once than one may.</summary>
    TooMany,
    NotYetOpen,
    Closed,
}

/// <summary>Why somebody does not come; words of a person would outlive her erasure.</summary>
internal enum CancelReason
{
    /// <summary>Said by whoever registered.</summary>
    ByPerson,

    /// <summary>Noted by the office.</summary>
    ByOffice,

    /// <summary>Noted by the office, and nothing is owed for it whenever it is.</summary>
    Goodwill,

    /// <summary>Somebody registered twice.</summary>
    Duplicate,

    /// <summary>The event does not take place.</summary>
    EventCancelled,
}
