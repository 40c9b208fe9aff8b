using Association.Events.Booking.Acting;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Booking;

/// <summary>The registration book on a real database.</summary>
public sealed class BookTests(EventsOffice office) : IClassFixture<EventsOffice>
{
    [Fact]
    public async Task any_sequence_of_commands_leaves_the_rows_that_a_naive_list_has_and_that_the_facts_amount_to()
    {
        foreach (var steps in Steps.Sequence(40).Sample(12, 12))
        {
            var (id, naive) = (EventId.New(), new NaiveBook());
            var map = new Ids();
            foreach (var (command, now) in Steps.Timed(steps))
            {
                office.Office.Clock.Set(now);
                var faulty = false;
                try
                {
                    await using var scope = office.Office.As(command is LapseOffers ? Platform.Data.Users.Actor.System : office.Office.As(Roles.Office).Actor);
                    await scope.Bus.InvokeAsync(map.Own(command, id));
                }
                catch (ProblemsException)
                {
                    faulty = true;
                }
                naive.Do(command, Moment(), Steps.House).ShouldBe(!faulty, $"{command}");
            }
            var rows = await office.ListAsync<(Guid Id, string State, long? Place)>(
                "select id, state, place from events.registration where event_id = @id",
                new { id = id.Value }
            );
            rows.Select(r => (r.Id, r.State)).ShouldBe(naive.People.Select(p => (map.Of(p.Id).Value, p.State.ToLowerInvariant())), ignoreOrder: true);
            rows.Where(r => r.Place is not null)
                .GroupBy(r => r.Place)
                .OrderBy(g => g.Key)
                .Select(g => string.Join(' ', g.Select(r => r.Id).Order()))
                .ShouldBe(naive.Parties("Waiting").Select(party => string.Join(' ', party.Select(p => map.Of(p.Id).Value).Order())));
            (await office.ListAsync<(Guid, int)>("select pool, taken from events.seat_pool where event_id = @id", new { id = id.Value })).ShouldBe(
                naive.Seats.Keys.Select(pool => (pool.Value, naive.Taken(pool))),
                ignoreOrder: true
            );
        }
        await office.ShouldVerifyAsync();

        DateTimeOffset Moment() => new(office.Office.Clock.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    [Fact]
    public async Task more_seats_than_there_are_the_database_refuses_whoever_writes()
    {
        var (id, house) = await office.PlanAsync(2);
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        foreach (var wrong in new[] { "taken = 3", "taken = -1", "capacity = 0, taken = 1", "capacity = -1" })
            (
                await Should.ThrowAsync<PostgresException>(
                    connection.ExecuteAsync(
                        $"update events.seat_pool set {wrong} where event_id = @id and pool = @pool",
                        new { id = id.Value, pool = house.Value }
                    )
                )
            ).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation, wrong);
    }

    [Fact]
    public async Task what_was_decided_can_be_neither_changed_nor_deleted()
    {
        await office.PlanAsync(2);
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        foreach (
            var sql in new[]
            {
                "update events.mt_events set data = '{}'",
                "delete from events.mt_events",
                "truncate events.mt_events",
                "delete from events.mt_streams",
                "truncate events.mt_streams cascade",
            }
        )
            (await Should.ThrowAsync<PostgresException>(connection.ExecuteAsync(sql))).SqlState.ShouldBe("AS001", sql);
    }

    [Fact]
    public async Task a_form_sent_twice_is_one_registration_and_with_something_else_in_it_is_refused_in_a_sentence()
    {
        var (id, _) = await office.PlanAsync(5);
        var form = EventsOffice.One(id);
        (await office.InvokeAsync(form)).Registrations.Single().State.ShouldBe(RegistrationState.Accepted);
        (await office.InvokeAsync(form)).Registrations.Single().State.ShouldBe(RegistrationState.Accepted);
        (await office.ReadAsync<int>("select taken from events.seat_pool where event_id = @id", new { id = id.Value })).ShouldBe(1);
        (await Should.ThrowAsync<ProblemsException>(office.InvokeAsync(form with { Seats = [new Seat(RegistrationId.New(), [])] }))).Message.ShouldContain(
            "schon mit anderen Angaben gesendet"
        );
        var (other, _) = await office.PlanAsync(5);
        await Should.ThrowAsync<ProblemsException>(office.InvokeAsync(form with { Event = other }));
        await Should.ThrowAsync<ProblemsException>(office.InvokeAsync(new CancelRegistrations(other, form.Named, CancelReason.ByOffice)));
    }

    [Fact]
    public async Task fewer_seats_than_are_taken_are_refused_with_both_numbers_and_more_move_up_who_waits()
    {
        var (id, house) = await office.PlanAsync(2);
        for (var i = 0; i < 4; i++)
            await office.InvokeAsync(EventsOffice.One(id));
        (await Should.ThrowAsync<ProblemsException>(office.Bus.InvokeAsync(Plan(1)))).Message.ShouldBe(
            "Die Veranstaltung: 1 Platz sind zu wenig, 2 sind schon vergeben. Sagen Sie zuerst Anmeldungen ab."
        );
        await office.Bus.InvokeAsync(Plan(3));
        (await StatesAsync(id)).ShouldBe(["accepted", "accepted", "accepted", "waiting"]);

        PlanSeats Plan(int seats) => new(id, EventsOffice.Open, [new PlannedPool(house, PoolKind.Event, seats)]);
    }

    [Fact]
    public async Task a_session_outside_its_event_and_ten_thousand_seats_are_no_registration()
    {
        var (id, _) = await office.PlanAsync(50);
        (await Should.ThrowAsync<ProblemsException>(office.InvokeAsync(EventsOffice.One(id, PoolId.New())))).Message.ShouldContain("gehört nicht zu dieser");
        var many = new RegisterSeats(id, GroupId.New(), true, [.. Enumerable.Range(0, 10_000).Select(_ => new Seat(RegistrationId.New(), []))]);
        (await office.InvokeAsync(many)).Registrations.ShouldAllBe(r => r.State == RegistrationState.Refused && r.Refused == RefusalReason.TooMany);
        (await StatesAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_offered_seat_that_nobody_takes_goes_to_the_next_one_when_its_time_is_over()
    {
        office.Office.Clock.Set(TimeProvider.System.GetUtcNow());
        var (id, _) = await office.PlanAsync(1, EventsOffice.Open with { OfferHours = 1 });
        var forms = Enumerable.Range(0, 3).Select(_ => EventsOffice.One(id)).ToList();
        foreach (var form in forms)
            await office.InvokeAsync(form);
        await office.InvokeAsync(new CancelRegistrations(id, forms[0].Named, CancelReason.ByPerson));
        (await StatesAsync(id)).ShouldBe(["cancelled", "offered", "waiting"]);
        (await office.ReadAsync<long>("select count(*) from messaging.message where name = 'events.offers-end'")).ShouldBe(1, "waits for the hour");
        office.Office.Clock.Advance(TimeSpan.FromMinutes(61));
        await using (var system = office.Office.As(Platform.Data.Users.Actor.System))
            await system.Bus.InvokeAsync(new LapseOffers(id));
        (await StatesAsync(id)).ShouldBe(["cancelled", "lapsed", "offered"]);
        (await office.InvokeAsync(new AcceptOffer(id, forms[2].Seats[0].Id))).Registrations.Single().State.ShouldBe(RegistrationState.Accepted);
        (await Should.ThrowAsync<ProblemsException>(office.InvokeAsync(new AcceptOffer(id, forms[1].Seats[0].Id)))).Message.ShouldContain(
            "kein Platz angeboten"
        );
        await office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_board_looks_and_does_not_decide()
    {
        var (id, _) = await office.PlanAsync(1);
        await Should.ThrowAsync<PermissionDeniedException>(office.Office.As(Roles.Board).Bus.InvokeAsync(EventsOffice.One(id)));
        await Should.ThrowAsync<PermissionDeniedException>(office.Bus.InvokeAsync(new LapseOffers(id)));
    }

    [Theory]
    [InlineData("update events.seat_pool set taken = 2", "seats of pool")]
    [InlineData("update events.registration set state = 'cancelled'", "registration")]
    [InlineData("delete from events.registration", "registration")]
    [InlineData("update events.book set next_place = 7", "next place")]
    public async Task verify_finds_what_nobody_decided(string wrong, string found)
    {
        var own = new EventsOffice();
        await own.InitializeAsync();
        var (id, _) = await own.PlanAsync(3);
        await own.InvokeAsync(EventsOffice.One(id));
        await own.ShouldVerifyAsync();
        await using (var connection = await own.Office.Database.OpenConnectionAsync())
            await connection.ExecuteAsync(wrong);
        (await own.FaultsAsync()).ShouldHaveSingleItem().ShouldContain(found);
        await own.DisposeAsync();
    }

    private Task<IReadOnlyList<string>> StatesAsync(EventId id) =>
        office.ListAsync<string>("select state from events.registration where event_id = @id order by registered_at, id", new { id = id.Value });

    // One sequence after the other in one database: each with ids of its own.
    private sealed class Ids
    {
        private readonly Dictionary<Guid, Guid> _own = [];

        public RegistrationId Of(RegistrationId id) => new(Own(id.Value));

        public BookCommand Own(BookCommand command, EventId id) =>
            command switch
            {
                RegisterSeats r => r with { Event = id, Group = new(Own(r.Group.Value)), Seats = [.. r.Seats.Select(s => s with { Id = Of(s.Id) })] },
                CancelRegistrations c => c with { Event = id, Registrations = [.. c.Registrations.Select(Of)] },
                AcceptOffer a => a with { Event = id, Registration = Of(a.Registration) },
                ChangeRegistration c => c with { Event = id, Registration = Of(c.Registration) },
                HandOverRegistration h => h with { Event = id, Registration = Of(h.Registration) },
                _ => command with { Event = id },
            };

        private Guid Own(Guid id) => _own.TryGetValue(id, out var own) ? own : _own[id] = Guid.CreateVersion7();
    }
}
