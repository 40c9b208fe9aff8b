using Association.Events.Contracts;

namespace Association.Events.Booking.Model;

/// <summary>Decides what a command means for a book. Pure: the book and the time are given, the facts are the answer.</summary>
/// <remarks>
/// What it leaves: nobody waits whose whole wish would fit into what is free. So whoever registers anew passes nobody by taking what is free, and a
/// registration needs to know nothing of those who wait.
/// </remarks>
internal static class BookDecider
{
    public static BookDecision Decide(Book book, BookCommand command, DateTimeOffset now)
    {
        if (command is PlanSeats plan)
            return Planning.Decide(book, plan, now);
        if (book.Rules is null)
            return No(book, FaultKind.NotPlanned);
        return command switch
        {
            RegisterSeats register => Registering.Decide(book, register, now),
            CancelRegistrations cancel => Cancel(book, cancel, now),
            AcceptOffer accept => Accept(book, accept, now),
            LapseOffers => Lapse(book, now),
            ChangeRegistration change => Change(book, change, now),
            HandOverRegistration handOver => HandOver(book, handOver, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "This command is not known."),
        };
    }

    public static BookDecision No(Book book, FaultKind kind, Pool? pool = null) => new([], book, new BookFault(kind, pool));

    /// <summary>Needs with the event's own pool, in the order of their ids; null when the event has not all of them.</summary>
    public static IReadOnlyList<PoolId>? Whole(Book book, IReadOnlyList<PoolId> needs) =>
        needs.All(book.Pools.ContainsKey)
            ? [.. needs.Concat(book.Pools.Where(p => p.Value.Kind == PoolKind.Event).Select(p => p.Key)).Distinct().OrderBy(p => p.Value)]
            : null;

    /// <summary>A pool that will never have enough for all of these.</summary>
    public static IReadOnlyList<PoolId> NeverEnough(Book book, IEnumerable<IReadOnlyList<PoolId>> needs) =>
        [.. Book.Demand(needs).Where(d => d.Value > book.Pools[d.Key].Capacity).Select(d => d.Key).OrderBy(p => p.Value)];

    private static BookDecision Cancel(Book book, CancelRegistrations command, DateTimeOffset now)
    {
        if (!command.Registrations.All(book.Registrations.ContainsKey))
            return No(book, FaultKind.UnknownRegistration);
        var page = new BookPage(book, now);
        RegistrationId[] live = [.. command.Registrations.Distinct().Where(id => !book.Registrations[id].IsOver)];
        if (live.Length > 0)
        {
            page.Write(new RegistrationCancelled(now, live, command.Reason));
            page.MoveUp(CauseKind.Cancelled, live);
        }
        return page.Close();
    }

    private static BookDecision Accept(Book book, AcceptOffer command, DateTimeOffset now)
    {
        var registration = book.Registrations.GetValueOrDefault(command.Registration);
        if (registration?.State == RegistrationState.Accepted)
            return new BookDecision([], book);
        if (registration is not { State: RegistrationState.Offered, OfferedUntil: { } until })
            return No(book, registration is null ? FaultKind.UnknownRegistration : FaultKind.NoOffer);
        var page = new BookPage(book, now);
        var offered = OfferedWith(book, registration);
        if (now < until)
            page.Write(new OfferAccepted(now, offered));
        else
        {
            page.Write(new OfferLapsed(now, offered));
            page.MoveUp(CauseKind.Lapsed, offered);
        }
        return page.Close();
    }

    private static BookDecision Lapse(Book book, DateTimeOffset now)
    {
        var page = new BookPage(book, now);
        var lapsed = new List<RegistrationId>();
        foreach (var registration in book.Registrations.Values.Where(r => r.OfferedUntil <= now).OrderBy(r => r.OfferedUntil).ThenBy(r => r.Fact))
            if (!lapsed.Contains(registration.Id))
            {
                var offered = OfferedWith(book, registration);
                lapsed.AddRange(offered);
                page.Write(new OfferLapsed(now, offered));
            }
        if (lapsed.Count > 0)
            page.MoveUp(CauseKind.Lapsed, lapsed);
        return page.Close();
    }

    private static BookDecision Change(Book book, ChangeRegistration command, DateTimeOffset now)
    {
        if (!book.Registrations.TryGetValue(command.Registration, out var registration))
            return No(book, FaultKind.UnknownRegistration);
        if (registration.IsOver || registration.State == RegistrationState.Offered)
            return No(book, registration.IsOver ? FaultKind.Over : FaultKind.OfferOpen);
        if (Whole(book, command.Needs) is not { } needs)
            return No(book, FaultKind.UnknownPool);
        if (needs.SequenceEqual(registration.Needs))
            return new BookDecision([], book);
        var added = needs.Except(registration.Needs).ToList();
        if (NeverEnough(book, [needs]) is [var never, ..])
            return No(book, FaultKind.MoreThanThereIs, book.Pools[never]);
        if (registration.HoldsSeat && book.FullFor([added]) is [var full, ..])
            return No(book, FaultKind.Full, book.Pools[full]);
        var page = new BookPage(book, now);
        page.Write(new RegistrationChanged(now, registration.Id, needs));
        page.MoveUp(CauseKind.Changed, registration.Id);
        return page.Close();
    }

    private static BookDecision HandOver(Book book, HandOverRegistration command, DateTimeOffset now)
    {
        if (!book.Registrations.TryGetValue(command.Registration, out var registration))
            return No(book, FaultKind.UnknownRegistration);
        if (registration.IsOver)
            return No(book, FaultKind.Over);
        var page = new BookPage(book, now);
        page.Write(new RegistrationHandedOver(now, registration.Id));
        return page.Close();
    }

    // A group that comes as a whole was offered its seats together.
    private static RegistrationId[] OfferedWith(Book book, Registration one) =>
        one.IsWhole
            ?
            [
                .. book
                    .Registrations.Values.Where(r => r.Group == one.Group && r.OfferedUntil == one.OfferedUntil && r.State == RegistrationState.Offered)
                    .Select(r => r.Id)
                    .OrderBy(id => id.Value),
            ]
            : [one.Id];

    private static class Registering
    {
        public static BookDecision Decide(Book book, RegisterSeats command, DateTimeOffset now)
        {
            var ids = command.Named;
            if (ids.Count == 0 || ids.Distinct().Count() < ids.Count)
                return No(book, FaultKind.NothingAsked);
            var known = book.Registrations.Values.Where(r => r.State != RegistrationState.Refused && (r.Group == command.Group || ids.Contains(r.Id))).ToList();
            if (known.Count > 0)
                return known.All(r => r.Group == command.Group) && ids.All(id => book.Registrations.GetValueOrDefault(id)?.Group == command.Group)
                    ? new BookDecision([], book)
                    : No(book, FaultKind.AlreadySent);
            var page = new BookPage(book, now);
            if (Obstacle(book.Rules!, command, now) is { } reason)
            {
                page.Write(new RegistrationRefused(now, command.Group, command.IsWhole, [], ids.Count, reason, []));
                return page.Close();
            }
            var seats = new List<Seat>();
            foreach (var seat in command.Seats)
                if (Whole(book, seat.Needs) is { } needs)
                    seats.Add(seat with { Needs = needs });
                else
                    return No(book, FaultKind.UnknownPool);
            foreach (IReadOnlyList<Seat> part in command.IsWhole ? [seats] : seats.Select(s => (IReadOnlyList<Seat>)[s]))
                Seat(page, command, part);
            return page.Close();
        }

        private static RefusalReason? Obstacle(BookRules rules, RegisterSeats command, DateTimeOffset now) =>
            command.ByOffice ? null
            : now < rules.Opens ? RefusalReason.NotYetOpen
            : now >= rules.Closes ? RefusalReason.Closed
            : command.Seats.Count > rules.MostAtOnce ? RefusalReason.TooMany
            : null;

        private static void Seat(BookPage page, RegisterSeats command, IReadOnlyList<Seat> seats)
        {
            var (book, needs) = (page.Book, seats.Select(s => s.Needs).ToList());
            if (NeverEnough(book, needs) is { Count: > 0 } never)
                page.Write(new RegistrationRefused(page.Now, command.Group, command.IsWhole, seats, seats.Count, RefusalReason.MoreThanThereIs, never));
            else if (book.FullFor(needs) is not { Count: > 0 } full)
                page.Write(new RegistrationAccepted(page.Now, command.Group, command.IsWhole, seats));
            else if (book.Rules!.WaitingList)
                page.Write(new RegistrationWaits(page.Now, command.Group, command.IsWhole, seats, book.NextPlace, full));
            else
                page.Write(new RegistrationRefused(page.Now, command.Group, command.IsWhole, seats, seats.Count, RefusalReason.Full, full));
        }
    }

    private static class Planning
    {
        public static BookDecision Decide(Book book, PlanSeats command, DateTimeOffset now)
        {
            if (!MakesSense(command))
                return No(book, FaultKind.PlanWrong);
            var planned = command.Pools.ToDictionary(p => p.Id);
            foreach (var (id, pool) in book.Pools)
            {
                var capacity = planned.TryGetValue(id, out var next) ? next.Capacity : 0;
                if (next is not null && next.Kind != pool.Kind)
                    return No(book, FaultKind.PlanWrong);
                if (pool.Taken > capacity)
                    return No(book, FaultKind.BelowTaken, pool with { Capacity = capacity });
                if (next is null && book.Waiting.Any(entry => entry.Any(r => r.Needs.Contains(id))))
                    return No(book, FaultKind.PoolWanted, pool);
            }
            if (book.Rules == command.Rules && IsAsPlanned(book, planned))
                return new BookDecision([], book);
            var page = new BookPage(book, now);
            page.Write(new SeatsPlanned(now, command.Rules, command.Pools));
            page.MoveUp(CauseKind.SeatsPlanned);
            return page.Close();
        }

        private static bool MakesSense(PlanSeats command) =>
            command.Rules is { MostAtOnce: > 0 } rules
            && rules.OfferHours is null or > 0 and <= 24 * 366
            && !(rules.Closes <= rules.Opens)
            && command.Pools.Count(p => p.Kind == PoolKind.Event) == 1
            && command.Pools.All(p => p.Capacity is null or >= 0)
            && command.Pools.DistinctBy(p => p.Id).Count() == command.Pools.Count;

        private static bool IsAsPlanned(Book book, Dictionary<PoolId, PlannedPool> planned) =>
            planned.Count == book.Pools.Count
            && planned.Values.All(p => book.Pools.TryGetValue(p.Id, out var pool) && (pool.Kind, pool.Capacity) == (p.Kind, p.Capacity));
    }
}
