using Association.Events.Booking.Model;
using Association.Events.Contracts;

namespace Association.Events.Tests.Booking;

/// <summary>
/// What a patient clerk with a list and a pencil would do: everybody stands on one list in the order of arrival, who has a seat is counted anew each time,
/// and after each thing that happens she goes through the list from its top until nothing changes any more.
/// </summary>
internal sealed class NaiveBook
{
    internal sealed class Person
    {
        public required RegistrationId Id { get; init; }
        public required GroupId Form { get; init; }
        public required Guid Party { get; init; } // who come together or not at all; a single one is a party of its own
        public required HashSet<PoolId> Wants { get; set; }
        public required string State { get; set; }
        public DateTimeOffset? Until { get; set; }
    }

    private readonly List<Person> _list = []; // in the order of arrival
    private readonly Dictionary<PoolId, int?> _seats = [];
    private BookRules? _rules;

    public IReadOnlyList<Person> People => _list;

    public IReadOnlyDictionary<PoolId, int?> Seats => _seats;

    /// <summary>Does it, or says that it cannot be done.</summary>
    public bool Do(BookCommand command, DateTimeOffset now, PoolId house) =>
        command switch
        {
            PlanSeats plan => Plan(plan, now),
            RegisterSeats register => Register(register, now, house),
            CancelRegistrations cancel => Cancel(cancel, now),
            AcceptOffer accept => Accept(accept, now),
            LapseOffers => Lapse(now),
            ChangeRegistration change => Change(change, now, house),
            HandOverRegistration handOver => Find(handOver.Registration) is { } p && !IsOver(p),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };

    public int Taken(PoolId pool) => _list.Count(p => p.State is "Accepted" or "Offered" && p.Wants.Contains(pool));

    public IEnumerable<List<Person>> Parties(string state) => _list.Where(p => p.State == state).GroupBy(p => p.Party).Select(g => g.ToList());

    public bool Fits(IEnumerable<Person> party)
    {
        var people = party.ToList();
        return people
            .SelectMany(p => p.Wants)
            .Distinct()
            .All(pool => _seats[pool] is not { } seats || Taken(pool) + people.Count(p => p.Wants.Contains(pool)) <= seats);
    }

    private Person? Find(RegistrationId id) => _list.SingleOrDefault(p => p.Id == id);

    private static bool IsOver(Person person) => person.State is "Cancelled" or "Lapsed" or "Refused";

    private bool Plan(PlanSeats plan, DateTimeOffset now)
    {
        foreach (var pool in _seats.Keys)
            if (Taken(pool) > (plan.Pools.FirstOrDefault(p => p.Id == pool) is { } next ? next.Capacity ?? int.MaxValue : 0))
                return false;
        if (_list.Any(p => p.State == "Waiting" && p.Wants.Any(w => plan.Pools.All(next => next.Id != w))))
            return false;
        _rules = plan.Rules;
        _seats.Clear();
        foreach (var pool in plan.Pools)
            _seats[pool.Id] = pool.Capacity;
        GoThroughTheList(now);
        return true;
    }

    private bool Register(RegisterSeats register, DateTimeOffset now, PoolId house)
    {
        if (_list.Any(p => p.Form == register.Group && p.State != "Refused"))
            return register.Seats.All(s => Find(s.Id) is not null); // the same once more
        if (!register.ByOffice && (now >= _rules!.Closes || now < _rules.Opens || register.Seats.Count > _rules.MostAtOnce))
            return true; // turned away without being put down
        if (register.Seats.Any(s => s.Needs.Any(n => !_seats.ContainsKey(n))))
            return false;
        _list.RemoveAll(p => register.Seats.Any(s => s.Id == p.Id)); // asked anew
        var party = Guid.CreateVersion7();
        var people = register
            .Seats.Select(s => new Person
            {
                Id = s.Id,
                Form = register.Group,
                Party = register.IsWhole ? party : Guid.CreateVersion7(),
                Wants = [.. s.Needs, house],
                State = "",
            })
            .ToList();
        foreach (var together in people.GroupBy(p => p.Party))
        {
            var state =
                together.SelectMany(p => p.Wants).CountBy(w => w).Any(w => w.Value > _seats[w.Key]) ? "Refused"
                : Fits(together) ? "Accepted"
                : _rules!.WaitingList ? "Waiting"
                : "Refused";
            foreach (var person in together)
                person.State = state;
            _list.AddRange(together);
        }
        return true;
    }

    private bool Cancel(CancelRegistrations cancel, DateTimeOffset now)
    {
        if (cancel.Registrations.Any(id => Find(id) is null))
            return false;
        foreach (var person in cancel.Registrations.Select(id => Find(id)!).Where(p => !IsOver(p)))
            (person.State, person.Until) = ("Cancelled", null);
        GoThroughTheList(now);
        return true;
    }

    private bool Accept(AcceptOffer accept, DateTimeOffset now)
    {
        if (Find(accept.Registration) is not { State: "Accepted" or "Offered" } person)
            return false;
        if (person.State == "Accepted")
            return true;
        foreach (var other in _list.Where(p => p.Party == person.Party && p.State == "Offered").ToList())
            (other.State, other.Until) = (now < other.Until ? "Accepted" : "Lapsed", null);
        GoThroughTheList(now);
        return true;
    }

    private bool Lapse(DateTimeOffset now)
    {
        foreach (var person in _list.Where(p => p.State == "Offered" && p.Until <= now).ToList())
            (person.State, person.Until) = ("Lapsed", null);
        GoThroughTheList(now);
        return true;
    }

    private bool Change(ChangeRegistration change, DateTimeOffset now, PoolId house)
    {
        if (Find(change.Registration) is not { State: "Accepted" or "Waiting" } person || change.Needs.Any(n => !_seats.ContainsKey(n)))
            return false;
        HashSet<PoolId> wants = [.. change.Needs, house];
        if (wants.SetEquals(person.Wants))
            return true;
        if (wants.Any(w => _seats[w] < 1))
            return false;
        if (person.State == "Accepted" && wants.Except(person.Wants).Any(w => _seats[w] is { } seats && Taken(w) >= seats))
            return false;
        person.Wants = wants;
        GoThroughTheList(now);
        return true;
    }

    private void GoThroughTheList(DateTimeOffset now)
    {
        for (var again = true; again; )
        {
            again = false;
            foreach (var party in Parties("Waiting"))
                if (Fits(party))
                {
                    var late = now >= _rules!.Closes;
                    foreach (var person in party)
                        if (_rules.OfferHours is { } hours && !late)
                            (person.State, person.Until) = ("Offered", new[] { now.AddHours(hours), _rules.Closes ?? DateTimeOffset.MaxValue }.Min());
                        else
                            person.State = "Accepted";
                    again = true;
                    break;
                }
        }
    }
}
