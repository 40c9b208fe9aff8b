using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Shouldly;

namespace Association.Events.Tests.Booking.Racing;

/// <summary>What people did is read from a stream in its order and done once more with list and pencil: whoever got what must be the same after each of
/// it.</summary>
internal static class StreamReplay
{
    public static NaiveBook Check(IReadOnlyList<BookFact> facts, PoolId house)
    {
        var (book, naive) = (Book.Empty, new NaiveBook());
        for (var i = 0; i < facts.Count; )
        {
            var (command, length) = Read(facts, i);
            naive.Do(command, facts[i].At, house).ShouldBeTrue();
            // What follows until somebody does something again are its consequences.
            var next = i + length;
            while (next < facts.Count && facts[next] is RegistrationPromoted or SeatOffered)
                next++;
            for (; i < next; i++)
                book = book.Apply(facts[i]);
            foreach (var pool in book.Pools.Values)
                (pool.Capacity is null || pool.Taken <= pool.Capacity).ShouldBeTrue("never one too many");
            if (command is not RegisterSeats || i == facts.Count)
                book.Registrations.Values.Select(r => (r.Id, State: r.State.ToString(), r.OfferedUntil))
                    .ToHashSet()
                    .SetEquals(naive.People.Select(p => (p.Id, p.State, p.Until)))
                    .ShouldBeTrue($"after {command} at fact {i}");
        }
        naive.Parties("Waiting").ShouldAllBe(party => !naive.Fits(party), "never a seat lost");
        return naive;
    }

    private static (BookCommand Command, int Length) Read(IReadOnlyList<BookFact> facts, int from)
    {
        var no = new EventId(Guid.Empty);
        switch (facts[from])
        {
            case SeatsPlanned planned:
                return (new PlanSeats(no, planned.Rules, planned.Pools), 1);
            case RegistrationCancelled cancelled:
                return (new CancelRegistrations(no, cancelled.Registrations, cancelled.Reason), 1);
            case RegistrationChanged changed:
                return (new ChangeRegistration(no, changed.Registration, changed.Needs), 1);
            case OfferAccepted accepted:
                return (new AcceptOffer(no, accepted.Registrations[0]), 1);
            case var first when Entering(first) is var (group, whole, _):
                var together = facts.Skip(from).Select(Entering).TakeWhile(e => e?.Group == group).Select(e => e!.Value).ToList();
                return (new RegisterSeats(no, group, whole, [.. together.SelectMany(e => e.Seats)], ByOffice: true), together.Count);
            case var other:
                throw new InvalidOperationException($"{other} is not what somebody does.");
        }
    }

    private static (GroupId Group, bool IsWhole, IReadOnlyList<Seat> Seats)? Entering(BookFact fact) =>
        fact switch
        {
            RegistrationAccepted a => (a.Group, a.IsWhole, a.Seats),
            RegistrationWaits w => (w.Group, w.IsWhole, w.Seats),
            _ => null,
        };
}
