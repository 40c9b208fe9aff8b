using System.Collections.Immutable;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Booking;

/// <summary>Whatever is planned, registered, changed, cancelled and let lapse in whatever order, the decider does what a clerk with a list would do.</summary>
public sealed class DeciderProperties
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 6_000 : 300;

    [Fact]
    public void any_sequence_leaves_the_seats_as_a_naive_list_has_them()
    {
        var (promoted, offered, faults) = (0, 0, 0);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(
                Steps.Sequence(40).ToArbitrary(),
                steps =>
                {
                    var (book, naive) = (Book.Empty, new NaiveBook());
                    foreach (var (command, now) in Steps.Timed(steps))
                    {
                        var decision = BookDecider.Decide(book, command, now);
                        naive.Do(command, now, Steps.House).ShouldBe(decision.Fault is null, $"{command}: {decision.Fault}");
                        (decision.Fault is null || decision.Facts.Count == 0).ShouldBeTrue();
                        decision.Facts.Aggregate(book, (b, f) => b.Apply(f)).Version.ShouldBe(decision.Book.Version);
                        book = decision.Book;
                        ShouldBeRight(book, naive);
                        promoted += decision.Facts.OfType<RegistrationPromoted>().Count();
                        offered += decision.Facts.OfType<SeatOffered>().Count();
                        faults += decision.Fault is null ? 0 : 1;
                        BookDecider
                            .Decide(book, command, now)
                            .Facts.Where(f => f is not RegistrationRefused and not RegistrationHandedOver)
                            .ShouldBeEmpty("said twice, it is so already");
                    }
                }
            )
        );
        (promoted > Runs / 10 && offered > Runs / 20 && faults > Runs).ShouldBeTrue($"{promoted} promoted, {offered} offered, {faults} faults");
    }

    /// <summary>What a decision reads of those who wait is enough: it decides the same as with all of them.</summary>
    [Fact]
    public void the_first_of_each_wish_are_as_good_as_all_who_wait() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(
                Steps.Sequence(40).ToArbitrary(),
                steps =>
                {
                    var book = Book.Empty;
                    foreach (var (command, now) in Steps.Timed(steps))
                    {
                        var whole = BookDecider.Decide(book, command, now);
                        var part = BookDecider.Decide(PartOf(book, command, now), command, now);
                        part.Facts.Select(Text).ShouldBe(whole.Facts.Select(Text));
                        part.Fault.ShouldBe(whole.Fault);
                        book = whole.Book;
                    }
                }
            )
        );

    // As the rows are read: those that are named with their groups, and so many of each wish as may gain.
    private static Book PartOf(Book book, BookCommand command, DateTimeOffset now)
    {
        var groups = command.Named.Select(id => book.Registrations.GetValueOrDefault(id)?.Group).OfType<GroupId>().ToHashSet();
        if (command is RegisterSeats register)
            groups.Add(register.Group);
        if (command is LapseOffers)
            groups.UnionWith(book.Registrations.Values.Where(r => r.OfferedUntil <= now).Select(r => r.Group));
        var named = book with { Registrations = book.Registrations.Where(r => groups.Contains(r.Value.Group)).ToImmutableDictionary() };
        var gain = Gain.Of(named, command, now);
        var first = book
            .Waiting.GroupBy(entry => string.Join(' ', Book.Demand(entry.Select(r => r.Needs)).OrderBy(d => d.Key.Value)))
            .SelectMany(wish => wish.Take(gain))
            .SelectMany(entry => entry);
        return named with { Registrations = named.Registrations.SetItems(first.Select(r => KeyValuePair.Create(r.Id, r))) };
    }

    private static void ShouldBeRight(Book book, NaiveBook naive)
    {
        book.Registrations.Values.Select(r => (r.Id, State: r.State.ToString(), r.OfferedUntil))
            .ShouldBe(naive.People.Select(p => (p.Id, p.State, p.Until)), ignoreOrder: true);
        book.Waiting.SelectMany(entry => entry.Select(r => r.Id).Order(ById))
            .ShouldBe(naive.Parties("Waiting").SelectMany(party => party.Select(p => p.Id).Order(ById)), "the order of arrival");
        foreach (var (id, pool) in book.Pools)
        {
            pool.Taken.ShouldBe(naive.Taken(id));
            (pool.Capacity is null || pool.Taken <= pool.Capacity).ShouldBeTrue("never one too many");
        }
        naive.Parties("Waiting").ShouldAllBe(party => !naive.Fits(party), "no seat is free that somebody waiting could use");
    }

    private static readonly Comparer<Association.Events.Contracts.RegistrationId> ById = Comparer<Association.Events.Contracts.RegistrationId>.Create(
        (one, other) => one.Value.CompareTo(other.Value)
    );

    private static string Text(BookFact fact) => System.Text.Json.JsonSerializer.Serialize<object>(fact);
}
