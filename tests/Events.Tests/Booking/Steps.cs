using Association.Events.Booking.Model;
using Association.Events.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace Association.Events.Tests.Booking;

/// <summary>Random commands for one event with a house, two sessions and a contingent.</summary>
internal static class Steps
{
    public static readonly EventId Event = EventId.New();
    public static readonly PoolId House = PoolId.New();
    public static readonly PoolId[] Others = [PoolId.New(), PoolId.New(), PoolId.New()];
    public static readonly PoolId Stranger = PoolId.New();
    private static readonly PoolKind[] Kinds = [PoolKind.Session, PoolKind.Session, PoolKind.Contingent];
    private static readonly GroupId[] Groups = [.. Enumerable.Range(0, 24).Select(_ => GroupId.New())];
    private static readonly RegistrationId[][] Ids = [.. Groups.Select(_ => Enumerable.Range(0, 4).Select(_ => RegistrationId.New()).ToArray())];
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A command, and how many minutes later it comes.</summary>
    internal sealed record Step(BookCommand Command, int Minutes);

    private static readonly Gen<IReadOnlyList<PoolId>> Needs = Gen.Frequency(
        (60, Gen.SubListOf(Others).Select(some => (IReadOnlyList<PoolId>)[.. some])),
        (1, Gen.Constant((IReadOnlyList<PoolId>)[Stranger]))
    );

    private static readonly Gen<RegistrationId> Known = from g in Gen.Choose(0, Groups.Length - 1) from i in Gen.Choose(0, 3) select Ids[g][i];

    private static readonly Gen<int?> Capacity = Gen.Frequency((1, Gen.Constant((int?)null)), (9, Gen.Choose(0, 6).Select(n => (int?)n)));

    private static readonly Gen<BookCommand> Register =
        from g in Gen.Choose(0, Groups.Length - 1)
        from size in Gen.Frequency((6, Gen.Constant(1)), (3, Gen.Choose(2, 3)), (1, Gen.Constant(4)))
        from whole in Gen.Choose(0, 1)
        from needs in Needs.ListOf(4)
        from office in Gen.Choose(0, 9)
        select (BookCommand)
            new RegisterSeats(Event, Groups[g], whole == 1, [.. Enumerable.Range(0, size).Select(i => new Seat(Ids[g][i], needs[i]))], office == 0);

    private static readonly Gen<BookCommand> Plan =
        from house in Capacity
        from others in Capacity.ListOf(Others.Length)
        from gone in Gen.Frequency((6, Gen.Constant(-1)), (1, Gen.Choose(0, Others.Length - 1)))
        from hours in Gen.Elements<int?>(null, null, 2)
        from list in Gen.Choose(0, 5)
        from closes in Gen.Elements<int?>(null, null, 60, 6000)
        select (BookCommand)
            new PlanSeats(
                Event,
                new BookRules(null, closes is { } minutes ? Begin.AddMinutes(minutes) : null, list > 0, hours, MostAtOnce: 3),
                [
                    new PlannedPool(House, PoolKind.Event, house),
                    .. Others.Select((id, i) => new PlannedPool(id, Kinds[i], others[i])).Where((_, i) => i != gone),
                ]
            );

    private static readonly Gen<BookCommand> Cancel =
        from some in Known.ListOf(2)
        from both in Gen.Choose(0, 2)
        select (BookCommand)new CancelRegistrations(Event, both == 0 ? [.. some] : [some[0]], CancelReason.ByPerson);

    private static readonly Gen<BookCommand> Command = Gen.Frequency(
        (10, Register),
        (3, Plan),
        (6, Cancel),
        (3, from id in Known from needs in Needs select (BookCommand)new ChangeRegistration(Event, id, needs)),
        (2, Known.Select(id => (BookCommand)new AcceptOffer(Event, id))),
        (1, Known.Select(id => (BookCommand)new HandOverRegistration(Event, id))),
        (2, Gen.Constant((BookCommand)new LapseOffers(Event)))
    );

    public static readonly Gen<Step> Any =
        from command in Command
        from minutes in Gen.Frequency((8, Gen.Choose(0, 5)), (1, Gen.Constant(130)))
        select new Step(command, minutes);

    /// <summary>A plan to begin with, then anything.</summary>
    public static Gen<List<Step>> Sequence(int length) =>
        from plan in Plan
        from steps in Any.ListOf(length)
        select new List<Step> { new(plan, 0) }
            .Concat(steps)
            .ToList();

    /// <summary>The steps with their times.</summary>
    public static IEnumerable<(BookCommand Command, DateTimeOffset Now)> Timed(IEnumerable<Step> steps)
    {
        var now = Begin;
        foreach (var step in steps)
            yield return (step.Command, now = now.AddMinutes(step.Minutes));
    }
}
