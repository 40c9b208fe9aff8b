using Association.Events.Contracts;
using Association.Platform.Messaging;

namespace Association.Events.Booking.Model;

/// <summary>Something that is decided in the book of an event.</summary>
internal abstract record BookCommand(EventId Event) : ICommand
{
    /// <summary>The registrations that it names.</summary>
    public virtual IReadOnlyList<RegistrationId> Named => [];
}

/// <summary>Says how many seats there are and how the book is kept. Who waits moves up at once; below what is taken nobody goes.</summary>
[Permission(BookingFeature.Manage)]
internal sealed record PlanSeats(EventId Event, BookRules Rules, IReadOnlyList<PlannedPool> Pools) : BookCommand(Event);

/// <summary>Registers one person or several. Sent again with the same ids, it is the same registration.</summary>
/// <param name="Event">Where.</param>
/// <param name="Group">The id of the form.</param>
/// <param name="IsWhole">All or wait together; else as many as there are seats, in their order, and the rest waits.</param>
/// <param name="Seats">What each needs; the event's own pool need not be named.</param>
/// <param name="ByOffice">The office registers: also before the book opens, after it closed, and as many as it likes.</param>
[Permission(BookingFeature.Manage)]
internal sealed record RegisterSeats(EventId Event, GroupId Group, bool IsWhole, IReadOnlyList<Seat> Seats, bool ByOffice = false) : BookCommand(Event)
{
    public override IReadOnlyList<RegistrationId> Named => [.. Seats.Select(s => s.Id)];
}

/// <summary>These do not come. Those that are over already stay as they are.</summary>
[Permission(BookingFeature.Manage)]
internal sealed record CancelRegistrations(EventId Event, IReadOnlyList<RegistrationId> Registrations, CancelReason Reason) : BookCommand(Event)
{
    public override IReadOnlyList<RegistrationId> Named => Registrations;
}

/// <summary>Takes the seats that are offered, for all to whom they were offered together.</summary>
[Permission(BookingFeature.Manage)]
internal sealed record AcceptOffer(EventId Event, RegistrationId Registration) : BookCommand(Event)
{
    public override IReadOnlyList<RegistrationId> Named => [Registration];
}

/// <summary>Other sessions, or another ticket. Who waits keeps the place.</summary>
[Permission(BookingFeature.Manage)]
internal sealed record ChangeRegistration(EventId Event, RegistrationId Registration, IReadOnlyList<PoolId> Needs) : BookCommand(Event)
{
    public override IReadOnlyList<RegistrationId> Named => [Registration];
}

/// <summary>Another person comes instead.</summary>
[Permission(BookingFeature.Manage)]
internal sealed record HandOverRegistration(EventId Event, RegistrationId Registration) : BookCommand(Event)
{
    public override IReadOnlyList<RegistrationId> Named => [Registration];
}

/// <summary>Whoever did not take what was offered has lost it; the next ones get it.</summary>
[InternalOnly]
internal sealed record LapseOffers(EventId Event) : BookCommand(Event);
