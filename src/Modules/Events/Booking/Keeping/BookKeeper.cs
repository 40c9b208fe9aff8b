using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Booking.Keeping;

/// <summary>
/// Decides in the book of an event and writes it: under the lock of its row, facts, rows and seats in the handler's transaction. A handler that decides more in
/// the same transaction calls this after whatever else it locks, and for one event only.
/// </summary>
internal sealed class BookKeeper(IEnumerable<IBookFollower> followers, TimeProvider clock, IStringLocalizer<BookingTexts> texts)
{
    /// <summary>The decision, written.</summary>
    /// <param name="command">What is to be decided.</param>
    /// <param name="unit">The handler's.</param>
    /// <param name="session">The handler's; the bus saves it.</param>
    /// <param name="notBefore">Of a scheduled message: when it was due, by the database's clock.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ProblemsException">It cannot be done; says why.</exception>
    public async Task<WrittenDecision> DecideAsync(
        BookCommand command,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct,
        DateTimeOffset? notBefore = null
    )
    {
        var (id, now) = (command.Event, Moment(notBefore));
        var group = command is RegisterSeats register ? register.Group : (GroupId?)null;
        var (book, elsewhere) = await BookRows.LockAsync(id, command.Named, group, unit.Connection, unit.Transaction, ct);
        if (elsewhere.Count > 0)
            throw Problem(command is RegisterSeats ? FaultKind.AlreadySent : FaultKind.UnknownRegistration, null);
        if (command is LapseOffers)
            book = await book.WithLapsingAsync(id, now, unit.Connection, ct);
        if (Gain.Of(book, command, now) is > 0 and var gain)
            book = await book.WithWaitingAsync(id, gain, unit.Connection, ct);
        var decision = BookDecider.Decide(book, command, now);
        if (decision.Fault is { } fault)
            throw Problem(fault.Kind, fault.Pool);
        OutgoingMessages messages = [.. Offers(id, decision)];
        if (decision.Facts.Count == 0)
            return new WrittenDecision(decision, messages);
        await WriteAsync(id, book, decision, unit, session, ct);
        foreach (var follower in followers)
            messages.AddRange(await follower.FollowAsync(id, decision.Facts, session, ct));
        return new WrittenDecision(decision, messages);
    }

    private static async Task WriteAsync(EventId id, Book book, BookDecision decision, IUnitOfWork unit, IDocumentSession session, CancellationToken ct)
    {
        await BookRows.WriteAsync(id, book, decision.Book, unit.Connection, unit.Transaction, ct);
        if (book.Version == 0)
            session.Events.StartStream(id.Value, decision.Facts);
        else
            session.Events.Append(id.Value, decision.Book.Version, decision.Facts);
    }

    private static IEnumerable<ScheduledMessage> Offers(EventId id, BookDecision decision) =>
        decision.Facts.OfType<SeatOffered>().Select(o => o.Until).Distinct().Select(until => new ScheduledMessage(new OffersEnd(id, until), until));

    // As exact as the database keeps it: what is read from the rows is what the facts say.
    private DateTimeOffset Moment(DateTimeOffset? notBefore)
    {
        var now = clock.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        return notBefore > now ? notBefore.Value : now;
    }

    private ProblemsException Problem(FaultKind kind, Pool? pool) =>
        new(
            kind switch
            {
                FaultKind.NotPlanned => texts["Fault.NotPlanned"],
                FaultKind.NothingAsked => texts["Fault.NothingAsked"],
                FaultKind.AlreadySent => texts["Fault.AlreadySent"],
                FaultKind.UnknownPool => texts["Fault.UnknownPool"],
                FaultKind.UnknownRegistration => texts["Fault.UnknownRegistration"],
                FaultKind.Over => texts["Fault.Over"],
                FaultKind.OfferOpen => texts["Fault.OfferOpen"],
                FaultKind.NoOffer => texts["Fault.NoOffer"],
                FaultKind.Full => texts["Fault.Full", texts[$"Pool.{pool!.Kind}"], new Count(pool.Capacity!.Value)],
                FaultKind.MoreThanThereIs => texts["Fault.MoreThanThereIs", texts[$"Pool.{pool!.Kind}"], new Count(pool.Capacity!.Value)],
                FaultKind.PlanWrong => texts["Fault.PlanWrong"],
                FaultKind.BelowTaken => texts["Fault.BelowTaken", texts[$"Pool.{pool!.Kind}"], new Count(pool.Capacity!.Value), new Count(pool.Taken)],
                FaultKind.PoolWanted => texts["Fault.PoolWanted", texts[$"Pool.{pool!.Kind}"]],
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This fault has no words."),
            }
        );
}

/// <summary>A decision that is in its transaction, and what the handler has to return with its answer.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Messages">When offers end.</param>
internal sealed record WrittenDecision(BookDecision Decision, OutgoingMessages Messages);

/// <summary>How many who wait may move up at most: each who does takes a seat that was not free before.</summary>
internal static class Gain
{
    public static int Of(Book book, BookCommand command, DateTimeOffset now) =>
        command switch
        {
            CancelRegistrations cancel => Seats(book, cancel.Registrations),
            ChangeRegistration change => Seats(book, [change.Registration]),
            AcceptOffer or LapseOffers => Seats(book, book.Registrations.Values.Where(r => r.OfferedUntil <= now).Select(r => r.Id)),
            PlanSeats plan => Raised(book, plan),
            _ => 0,
        };

    private static int Seats(Book book, IEnumerable<RegistrationId> ids) =>
        ids.Distinct().Select(id => book.Registrations.GetValueOrDefault(id)).Sum(r => r is { HoldsSeat: true } ? r.Needs.Count : 0);

    // At least the first of each wish: a pool that somebody waits for may not go.
    private static int Raised(Book book, PlanSeats plan)
    {
        var raised = 1L;
        foreach (var planned in plan.Pools)
            if (book.Pools.TryGetValue(planned.Id, out var pool) && pool.Capacity is { } was)
                raised += planned.Capacity is { } now ? Math.Max(0, now - was) : int.MaxValue;
        return (int)Math.Min(raised, int.MaxValue);
    }
}
