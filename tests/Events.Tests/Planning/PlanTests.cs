using Association.Events.Contracts;
using Association.Events.Planning.Checklist;
using Association.Events.Planning.Lists;
using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Planning.Record;
using Association.Events.Planning.Tickets;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using static Association.Events.Tests.Planning.PlanningOffice;

namespace Association.Events.Tests.Planning;

/// <summary>An event from the draft to the day on which it is published, moved or cancelled.</summary>
public sealed class PlanTests(PlanningOffice office) : IClassFixture<PlanningOffice>
{
    [Fact]
    public async Task a_draft_has_a_number_and_an_address_of_its_own()
    {
        var first = await office.PlannedAsync("Pflege über Grenzen: Was wir lernen");
        var second = await office.PlannedAsync("Pflege über Grenzen: Was wir lernen");

        (first.Slug, second.Slug).ShouldBe(("pflege-ueber-grenzen-was-wir-lernen-2027", "pflege-ueber-grenzen-was-wir-lernen-2027-2"));
        second.Number.ShouldBeGreaterThan(first.Number);
        (first.Stage, first.Version, first.Starts, first.Ends).ShouldBe((EventStage.Draft, 1, At(9, 16, 9), At(9, 16, 17)));
    }

    [Theory]
    [InlineData("Soirée « Santé » à Metz", "soiree-sante-a-metz-2027")]
    [InlineData("Forum 2027", "forum-2027")]
    [InlineData("???", "2027")]
    [InlineData("Straße & Öl", "strasse-oel-2027")]
    public void an_address_is_made_of_the_title(string title, string slug)
    {
        Slugs.Of(title, 2027).ShouldBe(slug);
        Slugs.IsSlug(slug).ShouldBeTrue();
    }

    [Fact]
    public void a_long_title_makes_a_short_address() =>
        Slugs.Of(string.Join(' ', Enumerable.Repeat("Gesundheitsversorgung", 20)), 2027).Length.ShouldBeInRange(20, Slugs.Longest);

    [Fact]
    public async Task what_is_wrong_is_said_at_its_field()
    {
        (await office.RefusedAsync(new PlanEvent(EventKind.Seminar, new Words(" ", "Titre"), At(9, 16, 17), At(9, 16, 9)))).ShouldBe(["TitleDe", "EndsAt"]);
        (await office.RefusedAsync(new PlanEvent(EventKind.Seminar, new Words(new string('x', 201)), At(9, 1, 9), At(11, 1, 9)))).ShouldBe([
            "TitleDe",
            "EndsAt",
        ]);
        (await office.RefusedAsync(new PlanEvent(EventKind.Seminar, new Words("x"), At(9, 1, 9), At(9, 1, 10), Like: 99_999))).ShouldBe([""]);

        var plan = await office.PlannedAsync();
        (
            await office.RefusedAsync(
                Texts(plan) with
                {
                    Slug = "Nicht gut!",
                    Series = new string('x', 101),
                    Summary = new Words("", "sans allemand"),
                    Description = new Words(new string('x', 20_001)),
                }
            )
        ).ShouldBe(["SummaryDe", "DescriptionDe", "Series", "Slug"]);
        (
            await office.RefusedAsync(Times(plan) with { Venue = new Venue("", "Weg 1", "", "", "XX", Words.None), OnlineLink = "javascript:alert(1)" })
        ).ShouldBe(["VenueName", "Country", "OnlineLink"]);
        (
            await office.RefusedAsync(
                new SaveRegistration(plan.Number, null, new RegistrationTerms(At(9, 17, 9), At(9, 17, 8), 0, true, new DateOnly(2027, 9, 17)))
            )
        ).ShouldBe(["ClosesOn", "ClosesOn", "OpensOn", "Seats", "CancelUntil"]);
        (await office.RefusedAsync(new SaveRegistration(plan.Number, null, new RegistrationTerms(WaitingList: true)))).ShouldBe(["WaitingList"]);
        (await office.ReadAsync(plan.Number)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task an_address_that_another_event_has_is_refused_by_the_form_and_by_the_database()
    {
        var (one, other) = (await office.PlannedAsync("Eins"), await office.PlannedAsync("Zwei"));
        (await office.RefusedAsync(Texts(other) with { Slug = one.Slug })).ShouldBe(["Slug"]);
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        (
            await Should.ThrowAsync<PostgresException>(() =>
                connection.ExecuteAsync("update events.mt_doc_eventplan set slug = @a where number = @b", new { a = one.Slug, b = other.Number })
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }

    [Fact]
    public async Task times_in_the_two_nights_in_which_the_clocks_change_are_refused()
    {
        var spring = new DateTime(2027, 3, 28, 2, 30, 0);
        var autumn = new DateTime(2027, 10, 31, 2, 30, 0);
        (await office.RefusedAsync(new PlanEvent(EventKind.Other, new Words("Nacht"), spring, spring.AddHours(4)))).ShouldBe(["StartsAt"]);
        (await office.RefusedAsync(new PlanEvent(EventKind.Other, new Words("Nacht"), autumn.AddHours(-4), autumn))).ShouldBe(["EndsAt"]);

        // Over such a night an event lasts an hour less or more, and moves by the clock.
        var night = await office.PlannedAsync("Nachtschicht", new DateTime(2027, 10, 30, 20, 0, 0));
        (night.Ends.ToInstant() - night.Starts.ToInstant()).ShouldBe(TimeSpan.FromHours(9));
    }

    [Theory]
    [InlineData("9:30", "09:30")]
    [InlineData("09.30", "09:30")]
    [InlineData(" 17 ", "17:00")]
    [InlineData("9 Uhr", "09:00")]
    [InlineData("9h30", "09:30")]
    [InlineData("14h", "14:00")]
    [InlineData("24:00", null)]
    [InlineData("930", null)]
    [InlineData("halb zehn", null)]
    [InlineData("", null)]
    public void a_time_is_read_as_people_type_it(string typed, string? time) =>
        (ClockTime.TryRead(typed, out var read) ? read.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null).ShouldBe(time);

    [Fact]
    public async Task a_session_outside_its_event_is_refused_and_one_that_is_moved_outside_too()
    {
        var plan = await office.PlannedAsync();
        var early = Talk(plan, "Zu früh", 8);
        (await office.RefusedAsync(new SaveSession(plan.Number, null, early))).ShouldBe(["StartsOn"]);
        (await office.RefusedAsync(new SaveSession(plan.Number, null, early with { Starts = At(9, 16, 16, 30), Ends = At(9, 16, 17, 30) }))).ShouldBe([
            "EndsAt",
        ]);
        (
            await office.RefusedAsync(
                new SaveSession(plan.Number, null, Talk(plan, "", 10, Guid.CreateVersion7()) with { Seats = 100_001, Bookable = true, Ends = At(9, 16, 9, 30) })
            )
        ).ShouldBe(["TitleDe", "EndsAt", "Room", "Seats"]);

        await office.DoAsync(new SaveSession(plan.Number, null, Talk(plan, "Schluss", 16)));
        (await office.RefusedAsync(Times(plan) with { Ends = At(9, 16, 15) })).ShouldBe(["EndsAt"]);
        (await office.RefusedAsync(Times(plan) with { Starts = At(9, 17, 9), Ends = At(9, 17, 17), MoveProgramme = false })).ShouldBe(["StartsAt"]);

        await office.DoAsync(Times(plan) with { Starts = At(9, 17, 10), Ends = At(9, 17, 18) });
        (await office.ReadAsync(plan.Number)).Sessions.ShouldHaveSingleItem().Starts.ShouldBe(At(9, 17, 17));
    }

    [Fact]
    public async Task a_room_or_a_person_twice_at_once_is_shown_and_not_refused()
    {
        var plan = await office.PlannedAsync();
        var (hall, small) = (new Room(Guid.CreateVersion7(), "Großer Saal", 200), new Room(Guid.CreateVersion7(), "Raum 2", 30));
        var lea = new EventPerson(Guid.CreateVersion7(), "Prof. Léa Altmeyer", new Words("Universität Metz"), true);
        await office.DoAsync(new SaveRoom(plan.Number, null, hall));
        await office.DoAsync(new SaveRoom(plan.Number, null, small));
        await office.DoAsync(new SavePerson(plan.Number, null, lea));
        (await office.RefusedAsync(new SaveRoom(plan.Number, null, new Room(Guid.CreateVersion7(), "raum 2", 0)))).ShouldBe(["Name", "Seats"]);

        var (one, two) = (Talk(plan, "Eins", 10, hall.Id, lea.Id), Talk(plan, "Zwei", 10, hall.Id, lea.Id));
        await office.DoAsync(new SaveSession(plan.Number, null, one));
        await office.DoAsync(new SaveSession(plan.Number, null, two));
        await office.DoAsync(new SaveSession(plan.Number, null, Talk(plan, "Danach", 11, hall.Id, lea.Id)));
        Clashes
            .Of(await office.ReadAsync(plan.Number))
            .Select(c => (c.What, c.First.Title.De, c.Second.Title.De))
            .ShouldBe([("Großer Saal", "Eins", "Zwei"), ("Prof. Léa Altmeyer", "Eins", "Zwei")]);

        await office.DoAsync(new SaveSession(plan.Number, null, two with { RoomId = small.Id, Speakers = [], Bookable = true, Seats = 20 }));
        (await office.RefusedAsync(new SaveSession(plan.Number, null, two with { RoomId = small.Id, Bookable = true, Seats = 31 }))).ShouldBe(["Seats"]);
        var mended = await office.ReadAsync(plan.Number);
        Clashes.Of(mended).ShouldBeEmpty();

        await office.DoAsync(new RemovePart(plan.Number, null, hall.Id));
        await office.DoAsync(new RemovePart(plan.Number, null, lea.Id));
        (await office.ReadAsync(plan.Number)).Sessions.ShouldAllBe(s => s.RoomId != hall.Id && s.Speakers.Count == 0);
    }

    [Fact]
    public async Task the_pools_of_seats_are_those_of_event_session_and_ticket_and_a_room_is_never_overfull()
    {
        var plan = await office.PlannedAsync();
        var room = new Room(Guid.CreateVersion7(), "Raum 2", 30);
        var workshop = Talk(plan, "Werkstatt", 10, room.Id) with { Bookable = true };
        var ticket = Ticket("Gast", 95) with { Contingent = 50 };
        await office.DoAsync(new SaveRoom(plan.Number, null, room));
        await office.DoAsync(new SaveSession(plan.Number, null, workshop));
        await office.DoAsync(new SaveSession(plan.Number, null, Talk(plan, "Begrüßung", 9)));
        await office.DoAsync(new SaveTicket(plan.Number, null, ticket));
        await office.DoAsync(new SaveRegistration(plan.Number, null, new RegistrationTerms(Seats: 180)));

        EventPools
            .Of(await office.ReadAsync(plan.Number))
            .ShouldBe([new(plan.Id, PoolKind.Event, 180), new(workshop.Id, PoolKind.Session, 30), new(ticket.Id, PoolKind.Ticket, 50)]);
    }

    [Fact]
    public async Task a_ticket_has_a_price_that_can_be_meant_and_somebody_who_may_take_it()
    {
        var plan = await office.PlannedAsync();
        (
            await office.RefusedAsync(
                new SaveTicket(
                    plan.Number,
                    null,
                    Ticket("", -1) with
                    {
                        VatPercent = 19.25m,
                        For = TicketFor.Categories,
                        From = new DateOnly(2027, 9, 17),
                        Until = new DateOnly(2027, 9, 1),
                        Contingent = -3,
                    }
                )
            )
        ).ShouldBe(["NameDe", "Price", "VatPercent", "Categories", "Until", "From", "Contingent"]);
        (await office.RefusedAsync(new SaveTicket(plan.Number, null, Ticket("Gast", 100_000)))).ShouldBe(["Price"]);

        var early = Ticket("Frühbucher", 38) with { For = TicketFor.Categories, Categories = ["hospital"], Until = new DateOnly(2027, 7, 31) };
        await office.DoAsync(new SaveTicket(plan.Number, null, early));
        await office.DoAsync(new SaveTicket(plan.Number, null, early with { Price = new Money(40) }));
        var kept = (await office.ReadAsync(plan.Number)).Tickets.ShouldHaveSingleItem();
        (kept.Price, kept.IsOfferedOn(new DateOnly(2027, 7, 31)), kept.IsOfferedOn(new DateOnly(2027, 8, 1))).ShouldBe((new Money(40), true, false));
    }

    [Fact]
    public async Task who_saves_over_somebody_else_is_told_so_and_of_two_at_once_one_counts()
    {
        var plan = await office.PlannedAsync();
        await office.DoAsync(Texts(plan) with { Version = 1, Series = "Anna" });
        var outdated = await Should.ThrowAsync<ConcurrentEditException>(() => office.DoAsync(Texts(plan) with { Version = 1, Series = "Ben" }));
        outdated.Row!.Value.Table.ShouldBe("events.mt_doc_eventplan");
        (await office.ReadAsync(plan.Number)).Series.ShouldBe("Anna");

        var ends = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async i =>
                {
                    try
                    {
                        await office.DoAsync(Texts(plan) with { Version = 2, Series = $"{i}" });
                        return true;
                    }
                    catch (ConcurrentEditException)
                    {
                        return false;
                    }
                })
        );
        ends.Count(saved => saved).ShouldBe(1);
        (await office.ReadAsync(plan.Number)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task only_what_is_complete_is_published_and_then_its_address_is_final()
    {
        var plan = await office.PlannedAsync("Unfertig");
        (await office.RefusedAsync(new PublishEvent(plan.Number))).Count.ShouldBe(2); // no summary, no place
        var published = await office.PublishedAsync("Fertig");
        published.PublishedAt.ShouldNotBeNull();
        await office.DoAsync(new PublishEvent(published.Number)); // a second click
        (await office.ReadAsync(published.Number)).Version.ShouldBe(published.Version);

        (await office.RefusedAsync(Texts(published) with { Slug = "anders-2027" })).ShouldBe(["Slug"]);
        (await office.RefusedAsync(new DeleteDraft(published.Number))).ShouldBe([""]);
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        foreach (var sql in new[] { "delete from {0}", "update {0} set slug = 'x'", "update {0} set stage = 'Draft'", "update {0} set ends = starts" })
            (
                await Should.ThrowAsync<PostgresException>(() =>
                    connection.ExecuteAsync(
                        $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, PlanEdits.Table)} where number = {published.Number}"
                    )
                )
            ).SqlState.ShouldBe("AS001");

        await office.DoAsync(new DeleteDraft(plan.Number));
        (await office.Office.As("office").Bus.QueryAsync(new ReadEvent(plan.Number))).ShouldBeNull();
    }

    [Fact]
    public async Task the_sequence_rises_with_every_published_change_of_time_or_place_and_with_nothing_else()
    {
        var plan = await office.PublishedAsync("Sequenz");
        plan.Sequence.ShouldBe(0); // a draft moves silently
        await office.DoAsync(Texts(plan) with { Series = "Reihe" });
        (await office.ReadAsync(plan.Number)).Sequence.ShouldBe(0);
        await office.DoAsync(Times(plan) with { Starts = plan.Starts.AddHours(1) });
        await office.DoAsync(Times(plan) with { Starts = plan.Starts.AddHours(1), Venue = Hall with { Name = "Stadthalle" } });
        (await office.ReadAsync(plan.Number)).Sequence.ShouldBe(2);
        await office.DoAsync(new CancelEvent(plan.Number, new Words("Der Saal steht unter Wasser.")));
        var cancelled = await office.ReadAsync(plan.Number);
        (cancelled.Sequence, cancelled.Stage, cancelled.CancelReason.De).ShouldBe((3, EventStage.Cancelled, "Der Saal steht unter Wasser."));
        (await office.RefusedAsync(Times(plan))).ShouldBe([""]);
    }

    [Fact]
    public async Task what_can_be_chosen_stays_once_the_event_is_published()
    {
        var plan = await office.PublishedAsync("Wählbar");
        var (ticket, workshop) = (Ticket("Gast", 95), Talk(plan, "Werkstatt", 10) with { Bookable = true });
        await office.DoAsync(new SaveTicket(plan.Number, null, ticket));
        await office.DoAsync(new SaveSession(plan.Number, null, workshop));
        (await office.RefusedAsync(new RemovePart(plan.Number, null, ticket.Id))).ShouldBe([""]);
        (await office.RefusedAsync(new RemovePart(plan.Number, null, workshop.Id))).ShouldBe([""]);
        (await office.RefusedAsync(new SaveSession(plan.Number, null, workshop with { Bookable = false }))).ShouldBe(["Bookable"]);
    }

    [Fact]
    public async Task a_copy_takes_everything_over_and_moves_its_days()
    {
        var plan = await office.PublishedAsync("Jahr eins");
        var person = new EventPerson(Guid.CreateVersion7(), "Björn Öztürk", Words.None, true);
        await office.DoAsync(new SavePerson(plan.Number, null, person));
        await office.DoAsync(new SaveSession(plan.Number, null, Talk(plan, "Vortrag", 10, null, person.Id)));
        await office.DoAsync(new SaveTicket(plan.Number, null, Ticket("Frühbucher", 38) with { Until = new DateOnly(2027, 7, 31) }));
        await office.DoAsync(new SaveStep(plan.Number, new PlanStep(Guid.CreateVersion7(), "Saal bestellen", new DateOnly(2027, 7, 1), null)));
        await office.DoAsync(
            new SaveRegistration(plan.Number, null, new RegistrationTerms(At(6, 10, 0), At(9, 10, 23, 59), 180, true, new DateOnly(2027, 9, 9)))
        );
        var old = await office.ReadAsync(plan.Number);

        var number = await office.DoAsync<int>(
            new PlanEvent(EventKind.Congress, new Words("Jahr zwei"), old.Starts.AddDays(364), old.Ends.AddDays(364), Like: plan.Number)
        );
        var copy = await office.ReadAsync(number);

        (copy.Stage, copy.Slug, copy.Sequence, copy.Venue?.Name, copy.Summary.Fr).ShouldBe(
            (EventStage.Draft, "jahr-zwei-2028", 0, "Kongresshalle", "Une journée pour tous.")
        );
        copy.Sessions.ShouldHaveSingleItem().Starts.ShouldBe(At(9, 16, 10).AddDays(364));
        copy.Sessions[0].Id.ShouldNotBe(old.Sessions[0].Id); // its seats are its own
        copy.PeopleOf(copy.Sessions[0].Speakers).ShouldHaveSingleItem().Published.ShouldBeFalse();
        copy.Tickets.ShouldHaveSingleItem().Until.ShouldBe(new DateOnly(2027, 7, 31).AddDays(364));
        copy.Checklist.ShouldHaveSingleItem().Due.ShouldBe(new DateOnly(2027, 7, 1).AddDays(364));
        (copy.Registration.Opens, copy.Registration.CancelUntil).ShouldBe((At(6, 10, 0).AddDays(364), new DateOnly(2027, 9, 9).AddDays(364)));
    }

    [Fact]
    public async Task what_the_checklist_wants_soon_stands_on_today_until_it_is_done()
    {
        var plan = await office.PlannedAsync("Mit Liste");
        var (soon, late) = (
            new PlanStep(Guid.CreateVersion7(), "Technik klären", new DateOnly(2027, 6, 10), null),
            new PlanStep(Guid.CreateVersion7(), "Dank", new DateOnly(2027, 9, 20), null)
        );
        await office.DoAsync(new SaveStep(plan.Number, soon));
        await office.DoAsync(new SaveStep(plan.Number, late));
        (await office.RefusedAsync(new SaveStep(plan.Number, soon with { Text = " " }))).ShouldBe(["Text"]);

        (await TasksAsync("office")).Where(t => t.Text == "Technik klären").ShouldHaveSingleItem().Due.ShouldBe(soon.Due);
        (await TasksAsync("office")).ShouldNotContain(t => t.Text == "Dank");
        (await TasksAsync("board")).ShouldBeEmpty();
        await office.DoAsync(new TickStep(plan.Number, soon.Id, Done: true));
        (await TasksAsync("office")).ShouldNotContain(t => t.Text == "Technik klären");
    }

    [Fact]
    public async Task the_list_pages_by_key_and_finds_by_title_place_kind_and_year()
    {
        for (var i = 1; i <= 5; i++)
            await office.PlannedAsync($"Liste {i}", new DateTime(2029, 3, i, 10, 0, 0), EventKind.Training);
        var bus = office.Office.As("board").Bus;
        var filter = new EventFilter("liste", Kind: EventKind.Training, Year: 2029);
        var first = await bus.QueryAsync(new ListEvents(filter, Size: 2, Sort: "starts"));
        (first.Count, first.Stages[ShownStage.Draft]).ShouldBe((5, 5));
        var second = await bus.QueryAsync(new ListEvents(filter, first.Page.After, 2, "starts"));
        second.Page.Rows.Select(r => r.Title).ShouldBe(["Liste 3", "Liste 4"]);
        (await bus.QueryAsync(new ListEvents(filter, Before: second.Page.Before, Size: 2, Sort: "starts")))
            .Page.Rows.Select(r => r.Title)
            .ShouldBe(["Liste 1", "Liste 2"]);
        (await bus.QueryAsync(new ListEvents(new EventFilter("%")))).Count.ShouldBe(0);
        await using var file = new MemoryStream();
        var view = office.Office.As("board").Services.GetRequiredService<EventsView>();
        var asked = view.Read(Association.Platform.Web.Lists.ListQuery.Parse("q=liste&kind=Training"));
        (await bus.QueryAsync(new ExportEvents(asked, file))).ShouldBe(5);
    }

    [Fact]
    public async Task who_may_only_read_changes_nothing() =>
        await Should.ThrowAsync<PermissionDeniedException>(() =>
            office.Office.As("board").Bus.InvokeAsync<int>(new PlanEvent(EventKind.Other, new Words("x"), At(9, 1, 9), At(9, 1, 10)))
        );

    private async Task<IReadOnlyList<TodayRow>> TasksAsync(string who)
    {
        var scope = office.Office.As(who);
        var task = scope.Services.GetServices<ITodayTask>().OfType<EventTasks>().ShouldHaveSingleItem();
        return await task.FindAsync(scope.Services.GetRequiredService<CurrentUser>().Actor, CancellationToken.None);
    }
}
