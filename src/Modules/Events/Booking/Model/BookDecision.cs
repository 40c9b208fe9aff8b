using Association.Events.Contracts;

namespace Association.Events.Booking.Model;

/// <summary>What follows from a command.</summary>
/// <param name="Facts">In their order; none: it was so already.</param>
/// <param name="Book">With them.</param>
/// <param name="Fault">Why the command cannot be done; then there are no facts.</param>
internal sealed record BookDecision(IReadOnlyList<BookFact> Facts, Book Book, BookFault? Fault = null);

/// <summary>Why a command cannot be done.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Pool">Where.</param>
internal sealed record BookFault(FaultKind Kind, Pool? Pool = null);

/// <summary>What is wrong with a command.</summary>
internal enum FaultKind
{
    /// <summary>Nobody said how many seats there are.</summary>
    NotPlanned,

    /// <summary>No seat is asked for, or one twice.</summary>
    NothingAsked,

    /// <summary>The form was sent before, with other seats.</summary>
    AlreadySent,

    /// <summary>A session or a ticket that the event does not have.</summary>
    UnknownPool,

    /// <summary>The event has no such registration.</summary>
    UnknownRegistration,

    /// <summary>It was cancelled, refused, or lapsed.</summary>
    Over,

    /// <summary>First the offered seat is taken or given back.</summary>
    OfferOpen,

    /// <summary>No seat is offered.</summary>
    NoOffer,

    /// <summary>No seat left in a pool.</summary>
    Full,

    /// <summary>The pool will never have so many.</summary>
    MoreThanThereIs,

    /// <summary>The numbers of the plan make no sense.</summary>
    PlanWrong,

    /// <summary>Fewer seats than are taken.</summary>
    BelowTaken,

    /// <summary>Somebody waits for a pool that would be gone.</summary>
    PoolWanted,
}

/// <summary>Writes the facts of one decision, one behind the other.</summary>
internal sealed class BookPage(Book book, DateTimeOffset now)
{
    private readonly List<BookFact> _facts = [];

    public Book Book { get; private set; } = book;

    public DateTimeOffset Now { get; } = now;

    public void Write(BookFact fact)
    {
        _facts.Add(fact);
        Book = Book.Apply(fact);
    }

    /// <summary>
    /// Whoever waits first among those who fit wholly moves up, until nobody who waits fits any more. One pass does it: seats only get fewer in it, so who did
    /// not fit does not fit later.
    /// </summary>
    public void MoveUp(CauseKind kind, params IReadOnlyList<RegistrationId> registrations)
    {
        foreach (var entry in Book.Waiting)
        {
            if (Book.FullFor(entry.Select(r => r.Needs)).Count > 0)
                continue;
            IReadOnlyList<RegistrationId> ids = [.. entry.Select(r => r.Id)];
            var because = new Cause(kind, registrations);
            Write(Book.Rules!.HeldUntil(Now) is { } until ? new SeatOffered(Now, ids, until, because) : new RegistrationPromoted(Now, ids, because));
        }
    }

    public BookDecision Close() => new(_facts, Book);
}
