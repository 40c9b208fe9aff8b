using System.Diagnostics;
using System.Globalization;
using Association.Events.Booking;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Model;
using Association.Platform.Web.Modules;
using Association.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Association.Events.Tests.Booking.Racing;

/// <summary>Three hosts, of which one is killed in between: never one too many, never a seat lost, the order kept.</summary>
public sealed class RaceTests(EventsOffice office, ITestOutputHelper output) : IClassFixture<EventsOffice>
{
    private readonly int _rounds = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 20 : 2;

    [Fact]
    public async Task five_hundred_clients_on_several_hosts_race_for_fifty_seats_while_one_is_killed()
    {
        office.Office.Clock.Set(TimeProvider.System.GetUtcNow()); // as it is for the processes beside
        var random = new Random(4713);
        for (var round = 0; round < _rounds; round++)
        {
            var (race, watch) = (new Race(0x1000 + round), Stopwatch.StartNew());
            await office.Bus.InvokeAsync(race.Plan);
            using var over = new CancellationTokenSource();
            IReadOnlyDictionary<int, BookAnswer> answers;
            var taking = TakeOffersAsync(race, over.Token);
            using (
                Process killed = await StartAsync(race),
                    host = await StartAsync(race)
            )
            {
                await killed.StandardInput.WriteLineAsync("go");
                await host.StandardInput.WriteLineAsync("go");
                var here = Task.Run(() => race.RunAsync(office.Office.Services, 0, Race.Clients / 2, round));
                await Waiting.UntilAsync(async () => await CountAsync(race) > random.Next(100), 60, "somebody registers there");
                await Task.Delay(random.Next(300)); // any moment
                killed.HasExited.ShouldBeFalse("it works until it is killed");
                killed.Kill();
                await killed.WaitForExitAsync();
                (await host.StandardOutput.ReadToEndAsync()).ShouldContain(Program.Done);
                answers = await here;
            }
            await over.CancelAsync();
            await taking;

            var facts = await FactsAsync(race);
            var naive = StreamReplay.Check(facts, race.House);
            naive.People.Count.ShouldBe(Enumerable.Range(0, Race.Clients).Sum(c => race.Register(c).Seats.Count), "nobody is forgotten, nobody there twice");
            naive.Taken(race.House).ShouldBeInRange(Race.Seats - 2, Race.Seats, "less only where nobody but larger groups or full sessions wait");
            naive.Parties("Waiting").ShouldNotBeEmpty();
            var states = naive.People.ToDictionary(p => p.Id, p => p.State);
            foreach (var (client, answer) in answers)
                if (race.Then(client) is not CancelRegistrations)
                    answer
                        .Registrations.Where(r => r.State == RegistrationState.Accepted)
                        .ShouldAllBe(r => states[r.Id] == "Accepted", "whoever was told so has it");
            await office.ShouldVerifyAsync();
            output.WriteLine(
                $"round {round}: {facts.Count} facts, {facts.Count(f => f is RegistrationPromoted)} promoted, "
                    + $"{facts.Count(f => f is SeatOffered)} offered, {watch.ElapsedMilliseconds} ms"
            );
            facts.Count(f => f is RegistrationPromoted or SeatOffered).ShouldBeGreaterThan(10, "the waiting list ran");
        }
        (await office.ReadAsync<long>("select count(*) from events.seat_pool where taken > capacity")).ShouldBe(0);
    }

    // Whoever is offered a seat takes it, or every fourth does not want it any more.
    private async Task TakeOffersAsync(Race race, CancellationToken over)
    {
        for (var last = false; !last; )
        {
            last = over.IsCancellationRequested;
            var offered = await office.ListAsync<Guid>(
                "select id from events.registration where event_id = @id and state = 'offered'",
                new { id = race.Event.Value }
            );
            foreach (var id in offered)
                await Race.InvokeAsync(
                    office.Office.Services,
                    id.GetHashCode() % 4 == 0 ? new CancelRegistrations(race.Event, [new(id)], CancelReason.ByPerson) : new AcceptOffer(race.Event, new(id))
                );
            last &= offered.Count == 0;
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private Task<long> CountAsync(Race race) =>
        office.ReadAsync<long>(
            "select count(*) from events.registration where event_id = @id and group_id = any (@groups)",
            new { id = race.Event.Value, groups = Enumerable.Range(Race.Clients / 2, Race.Clients / 2).Select(c => race.Register(c).Group.Value).ToArray() }
        );

    private async Task<IReadOnlyList<BookFact>> FactsAsync(Race race)
    {
        var store = office.Office.Services.GetRequiredKeyedService<IDocumentStore>(typeof(BookingFeature).Assembly);
        await using var session = store.QuerySession();
        return [.. (await session.Events.FetchStreamAsync(race.Event.Value)).Select(e => (BookFact)e.Data)];
    }

    // Both have the same clients, as somebody has who sends a form in two tabs; what the killed one began the other one ends.
    private async Task<Process> StartAsync(Race race)
    {
        var host = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [typeof(RaceTests).Assembly.Location, "race", office.Office.ConnectionString, race.Seed.ToString(CultureInfo.InvariantCulture)]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        (await host.StandardOutput.ReadLineAsync()).ShouldBe(Program.Working);
        return host;
    }
}
