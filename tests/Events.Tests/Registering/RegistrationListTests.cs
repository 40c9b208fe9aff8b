using Association.Events.Booking.Acting;
using Association.Events.Booking.Model;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Planning.Record;
using Association.Events.Planning.Tickets;
using Association.Events.Pricing;
using Association.Events.Registering;
using Association.Events.Tests.Planning;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Registering;

/// <summary>The office registers and cancels, and the list says of each why it stands as it stands.</summary>
public sealed class RegistrationListTests(PlanningOffice office) : IClassFixture<PlanningOffice>
{
    [Fact]
    public async Task who_waits_moves_up_when_somebody_cancels_and_the_list_says_because_of_whom()
    {
        var plan = await SeatedAsync("Forum Pflege", seats: 1);
        var nora = await RegisterAsync(plan, "Nora Groß");
        (await RegisterAsync(plan, "Ali Kaya")).State.ShouldBe(RegistrationState.Waiting);
        (await RegisterAsync(plan, "Léa Roth")).State.ShouldBe(RegistrationState.Waiting);
        (await WhyAsync(plan)).ShouldBe([
            ("Nora Groß", RegistrationState.Accepted, null, "Es war Platz."),
            ("Ali Kaya", RegistrationState.Waiting, 1, "Wartet, weil kein Platz war: Veranstaltung."),
            ("Léa Roth", RegistrationState.Waiting, 2, "Wartet, weil kein Platz war: Veranstaltung."),
        ]);
        await office.DoAsync(new CancelRegistrations(plan.EventId, [nora.Id], CancelReason.ByPerson));
        (await WhyAsync(plan)).ShouldBe([
            ("Nora Groß", RegistrationState.Cancelled, null, "Hat selbst abgesagt."),
            ("Ali Kaya", RegistrationState.Accepted, null, "Nachgerückt: Nora Groß hat abgesagt."),
            ("Léa Roth", RegistrationState.Waiting, 1, "Wartet, weil kein Platz war: Veranstaltung."),
        ]);
        await office.DoAsync(new SaveRegistration(plan.Number, null, new RegistrationTerms(Seats: 2, WaitingList: true)));
        (await WhyAsync(plan))[2].ShouldBe(("Léa Roth", RegistrationState.Accepted, null, "Nachgerückt: es gibt mehr Plätze."));

        await using var connection = await office.Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from events.attendee where name = 'Nora Groß'");
        (await WhyAsync(plan)).Take(2).Select(r => (r.Name, r.Why)).ShouldBe([("", "Hat selbst abgesagt."), ("Ali Kaya", "Nachgerückt: jemand hat abgesagt.")]);
        (
            await connection.ExecuteScalarAsync<long>(
                """
                select (select count(*) from events.mt_events where data::text ~ 'Nora|Groß|example') +
                       (select count(*) from platform.audit_entry where table_name like 'events.%' and changes::text ~ 'Nora|Groß|example.org') +
                       (select count(*) from messaging.message where body::text ~ 'Nora|Groß')
                """
            )
        ).ShouldBe(0, "who was erased is in no fact, no trail, no message");
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task an_event_cannot_be_planned_with_fewer_seats_than_are_taken()
    {
        var plan = await SeatedAsync("Forum Klinik", seats: 3);
        var room = new Room(Guid.CreateVersion7(), "Raum 2", 2);
        var workshop = PlanningOffice.Talk(plan, "Werkstatt", 10, room.Id) with { Bookable = true };
        await office.DoAsync(new SaveRoom(plan.Number, null, room));
        await office.DoAsync(new SaveSession(plan.Number, null, workshop));
        await RegisterAsync(plan, "Nora Groß", workshop.Id);
        await RegisterAsync(plan, "Ali Kaya", workshop.Id);
        (await RegisterAsync(plan, "Léa Roth", workshop.Id)).State.ShouldBe(RegistrationState.Waiting);

        (await RefusedAsync(new SaveRegistration(plan.Number, null, new RegistrationTerms(Seats: 1, WaitingList: true)))).ShouldContain(
            "2 sind schon vergeben"
        );
        (await RefusedAsync(new SaveRoom(plan.Number, null, room with { Seats = 1 }))).ShouldContain("Die Session: 1 Platz");
        (await RefusedAsync(new SaveSession(plan.Number, null, workshop with { Seats = 1 }))).ShouldContain("Die Session: 1 Platz");
        (await office.ReadAsync(plan.Number)).RoomOf(workshop)!.Seats.ShouldBe(2, "nothing was written");
        await office.DoAsync(new SaveRoom(plan.Number, null, room with { Seats = 3 }));
        (await WhyAsync(plan)).ShouldAllBe(r => r.State == RegistrationState.Accepted);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_person_is_registered_once_with_a_ticket_of_the_event_and_a_name()
    {
        var plan = await SeatedAsync("Forum Tickets", seats: 5);
        var ticket = PlanningOffice.Ticket("Gast", 95) with { Contingent = 1 };
        await office.DoAsync(new SaveTicket(plan.Number, null, ticket));
        var form = new RegisterAttendee(plan.Number, Guid.CreateVersion7(), new Attendee(" Nora\tGroß ", "", "nora@example.org", "fr"), ticket.Id, []) with
        {
            Payer = new TypedPayer("Nora Groß", "Am Markt 1", "66822", "Lebach", "DE", "", Collective: false),
        };
        (await office.DoAsync<RegistrationAnswer>(form)).State.ShouldBe(RegistrationState.Accepted);
        (await office.DoAsync<RegistrationAnswer>(form)).State.ShouldBe(RegistrationState.Accepted);
        (await WhyAsync(plan)).ShouldHaveSingleItem();

        (await office.RefusedAsync(form with { Attendee = new Attendee(" ", "", "nora", "it"), Ticket = null })).ShouldBe([
            "Name",
            "Email",
            "Language",
            "Ticket",
        ]);
        (await office.RefusedAsync(form with { Form = Guid.CreateVersion7(), Sessions = [Guid.CreateVersion7()] })).ShouldBe(
            [""],
            "a session outside its event"
        );
        (await office.DoAsync<RegistrationAnswer>(form with { Form = Guid.CreateVersion7() })).State.ShouldBe(
            RegistrationState.Waiting,
            "one ticket of this kind"
        );
        var draft = await office.PlannedAsync("Noch Entwurf");
        (await office.RefusedAsync(form with { Number = draft.Number, Form = Guid.CreateVersion7() })).ShouldBe([""]);
    }

    [Fact]
    public async Task a_long_list_is_read_page_by_page_and_by_state()
    {
        var plan = await SeatedAsync("Forum Lang", seats: 3);
        for (var i = 0; i < 7; i++)
            await RegisterAsync(plan, $"Person {i}");
        var names = new List<string>();
        string? after = null;
        do
        {
            var page = (await QueryAsync(new ListRegistrations(plan.EventId, After: after, Size: 3))).Page;
            names.AddRange(page.Rows.Select(r => r.Name));
            after = page.After;
        } while (after is not null);
        names.ShouldBe(Enumerable.Range(0, 7).Select(i => $"Person {i}"));
        var waiting = await QueryAsync(new ListRegistrations(plan.EventId, RegistrationState.Waiting));
        waiting.Page.Rows.Select(r => r.Rank).ShouldBe([1, 2, 3, 4]);
        (waiting.Count, waiting.Pools.Single().Taken).ShouldBe((7, 3));
    }

    private async Task<EventPlan> SeatedAsync(string title, int seats)
    {
        var plan = await office.PublishedAsync(title);
        await office.DoAsync(new SaveRegistration(plan.Number, null, new RegistrationTerms(Seats: seats, WaitingList: true)));
        return await office.ReadAsync(plan.Number);
    }

    private Task<RegistrationAnswer> RegisterAsync(EventPlan plan, string name, params Guid[] sessions) =>
        office.DoAsync<RegistrationAnswer>(new RegisterAttendee(plan.Number, Guid.CreateVersion7(), new Attendee(name, "Klinik", "", "de"), null, sessions));

    private Task<RegistrationList> QueryAsync(ListRegistrations query) => office.Office.As(Roles.Board).Bus.QueryAsync(query);

    private async Task<IReadOnlyList<(string Name, RegistrationState State, int? Rank, string Why)>> WhyAsync(EventPlan plan)
    {
        await using var scope = office.Office.As(Roles.Board);
        var (words, now) = (scope.Services.GetRequiredService<RegistrationWords>(), await office.ReadAsync(plan.Number));
        return [.. (await scope.Bus.QueryAsync(new ListRegistrations(plan.EventId))).Page.Rows.Select(r => (r.Name, r.State, r.Rank, words.Why(now, r.Why)))];
    }

    private async Task<string> RefusedAsync(object command) =>
        (await Should.ThrowAsync<ProblemsException>(office.DoAsync(command))).Problems.ShouldHaveSingleItem().Text;

    private async Task ShouldVerifyAsync()
    {
        await using var scope = office.Office.As(Roles.Office);
        foreach (var check in scope.Services.GetServices<IVerifyCheck>())
            (await check.RunAsync(CancellationToken.None)).ShouldSatisfyAllConditions(r => r.Ok.ShouldBeTrue(r.Detail));
    }
}
