using System.Collections.Immutable;
using Association.Events.Contracts;

namespace Association.Events.Booking.Model;

/// <summary>The book of an event, folded from its facts: from all of them, or a part of its registrations as they stand in their rows, with the facts that
/// follow.</summary>
/// <param name="Rules">Null before seats were planned.</param>
/// <param name="Pools">All.</param>
/// <param name="Registrations">All, or those that a decision needs.</param>
/// <param name="NextPlace">In the waiting list; each is given once.</param>
/// <param name="Version">How many facts there are.</param>
internal sealed record Book(
    BookRules? Rules,
    ImmutableDictionary<PoolId, Pool> Pools,
    ImmutableDictionary<RegistrationId, Registration> Registrations,
    long NextPlace,
    long Version
)
{
    public static readonly Book Empty = new(
        null,
        ImmutableDictionary<PoolId, Pool>.Empty,
        ImmutableDictionary<RegistrationId, Registration>.Empty,
        NextPlace: 1,
        Version: 0
    );

    /// <summary>Who waits, by place; those with one place move up together.</summary>
    public IEnumerable<IReadOnlyList<Registration>> Waiting =>
        Registrations
            .Values.Where(r => r.State == RegistrationState.Waiting)
            .GroupBy(r => r.Place!.Value)
            .OrderBy(g => g.Key)
            .Select(g => (IReadOnlyList<Registration>)[.. g.OrderBy(r => r.Id.Value)]);

    /// <summary>The pools that have not enough for all of these; none: they fit.</summary>
    public IReadOnlyList<PoolId> FullFor(IEnumerable<IReadOnlyList<PoolId>> needs) =>
        [.. Demand(needs).Where(d => !Pools[d.Key].Has(d.Value)).Select(d => d.Key).OrderBy(p => p.Value)];

    /// <summary>How many seats of each pool.</summary>
    public static Dictionary<PoolId, int> Demand(IEnumerable<IReadOnlyList<PoolId>> needs) => needs.SelectMany(n => n).CountBy(p => p).ToDictionary();

    /// <summary>The book with one more fact.</summary>
    public Book Apply(BookFact fact)
    {
        var next = this with { Version = Version + 1 };
        return fact switch
        {
            SeatsPlanned planned => next with { Rules = planned.Rules, Pools = Planned(planned.Pools) },
            RegistrationAccepted(var at, var group, var whole, var seats) => next.Enter(at, group, whole, seats, RegistrationState.Accepted),
            RegistrationWaits(var at, var group, var whole, var seats, var place, _) => next.Enter(
                at,
                group,
                whole,
                seats,
                RegistrationState.Waiting,
                place
            ) with
            {
                NextPlace = place + 1,
            },
            RegistrationRefused refused => next.Enter(refused.At, refused.Group, refused.IsWhole, refused.Seats, RegistrationState.Refused),
            RegistrationPromoted(_, var ids, _) => next.Move(ids, RegistrationState.Accepted),
            SeatOffered(_, var ids, var until, _) => next.Move(ids, RegistrationState.Offered, until),
            OfferAccepted(_, var ids) => next.Move(ids, RegistrationState.Accepted),
            OfferLapsed(_, var ids) => next.Move(ids, RegistrationState.Lapsed),
            RegistrationCancelled(_, var ids, _) => next.Move(ids, RegistrationState.Cancelled),
            RegistrationChanged(_, var id, var needs) => next.Put([Registrations[id] with { Needs = needs }]),
            RegistrationHandedOver(_, var id) => next.Put([Registrations[id]]),
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "This fact is not known."),
        };
    }

    private ImmutableDictionary<PoolId, Pool> Planned(IEnumerable<PlannedPool> pools) =>
        pools.ToImmutableDictionary(p => p.Id, p => new Pool(p.Kind, p.Capacity, Pools.GetValueOrDefault(p.Id)?.Taken ?? 0));

    private Book Enter(DateTimeOffset at, GroupId group, bool whole, IEnumerable<Seat> seats, RegistrationState state, long? place = null) =>
        Put(seats.Select(s => new Registration(s.Id, group, whole, s.Needs, state, place, null, at, 0)));

    private Book Move(IEnumerable<RegistrationId> ids, RegistrationState state, DateTimeOffset? until = null) =>
        Put(
            ids.Select(id => Registrations[id])
                .Select(r => r with { State = state, Place = state == RegistrationState.Waiting ? r.Place : null, OfferedUntil = until })
        );

    // The seats of what was there go back, those of what is there now are taken.
    private Book Put(IEnumerable<Registration> changed)
    {
        var (pools, registrations) = (Pools.ToBuilder(), Registrations.ToBuilder());
        foreach (var registration in changed)
        {
            if (registrations.TryGetValue(registration.Id, out var before) && before.HoldsSeat)
                Take(before.Needs, -1);
            if (registration.HoldsSeat)
                Take(registration.Needs, 1);
            registrations[registration.Id] = registration with { Fact = Version };
        }
        return this with { Pools = pools.ToImmutable(), Registrations = registrations.ToImmutable() };

        void Take(IReadOnlyList<PoolId> needs, int seats)
        {
            foreach (var pool in needs)
                pools[pool] = pools[pool] with { Taken = pools[pool].Taken + seats };
        }
    }
}
