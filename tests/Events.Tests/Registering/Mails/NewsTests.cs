using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Events.Planning.Record;
using Association.Events.Registering.Mails;
using Association.Events.Tests.Planning;
using Association.Events.Tests.Registering.Form;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Registering.Mails;

/// <summary>What those who take part are mailed: the calendar entry, another time, a reminder, and that nothing takes place.</summary>
public sealed class NewsTests(RegisteringOffice office) : IClassFixture<RegisteringOffice>
{
    private PlanningOffice Planning => office.Planning;

    [Fact]
    public async Task who_has_a_seat_gets_the_calendar_entry_in_her_language_and_who_waits_does_not()
    {
        var plan = await office.OpenAsync("Forum Kalender", new RegistrationTerms(Seats: 1, WaitingList: true));
        await office.SendAsync(RegisteringOffice.Form(plan, "Claire Weber", "claire@kalender.example", "fr"));
        await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@kalender.example"));
        var entry = RegisteringOffice.CalendarOf((await office.MailsAsync("claire@kalender.example")).Single());
        entry.ShouldContain("METHOD:PUBLISH");
        entry.ShouldContain("DTSTART;TZID=Europe/Berlin:20270916T090000");
        entry.ShouldContain("/fr/veranstaltungen/");
        RegisteringOffice.CalendarOf((await office.MailsAsync("ali@kalender.example")).Single()).ShouldBeEmpty();
        (await office.ReadAsync<long>("select count(*) from events.calendar_file where event_id = @id", new { id = plan.Id })).ShouldBe(1);
    }

    [Fact]
    public async Task of_a_move_those_who_knew_the_old_time_are_told_once_however_often_it_is_corrected_and_who_came_later_is_not()
    {
        var plan = await office.OpenAsync("Forum Umzug", new RegistrationTerms(Seats: 5));
        await Planning.Office.DrainAsync();
        await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@umzug.example"));
        var gone = await office.SendAsync(RegisteringOffice.Form(plan, "Eva Lang", "eva@umzug.example"));
        await office.CancelAsync(gone.Link);

        await Planning.DoAsync(PlanningOffice.Times(plan) with { Starts = plan.Starts.AddDays(2), Ends = plan.Ends.AddDays(2), Venue = PlanningOffice.Hall });
        await Planning.DoAsync(PlanningOffice.Times(plan) with { Starts = plan.Starts.AddDays(1), Ends = plan.Ends.AddDays(1), Venue = PlanningOffice.Hall });
        await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@umzug.example"));
        (await office.MailsAsync("nora@umzug.example")).Count.ShouldBe(1, "typing errors are corrected at once, so nothing is told yet");
        await LaterAsync(plan);

        var moved = (await office.MailsAsync("nora@umzug.example"))
            .Select(m => (Text: RegisteringOffice.TextOf(m), m))
            .Single(m => m.Text.Contains("Zeit oder Ort"));
        moved.Text.ShouldContain("Bisher galt: 16.09.2027, 9:00 bis 17:00 Uhr");
        moved.Text.ShouldContain("17.09.2027, 9:00 bis 17:00 Uhr");
        RegisteringOffice.CalendarOf(moved.m).ShouldContain("SEQUENCE:2");
        (await office.MailsAsync("ali@umzug.example")).Count.ShouldBe(1, "the new time is all that she knows");
        (await office.MailsAsync("eva@umzug.example")).Select(RegisteringOffice.TextOf).ShouldAllBe(t => !t.Contains("Zeit oder Ort"));

        // Moved and moved back before anybody was told: nothing to tell.
        plan = await Planning.ReadAsync(plan.Number);
        await Planning.DoAsync(PlanningOffice.Times(plan) with { Starts = plan.Starts.AddDays(5), Ends = plan.Ends.AddDays(5) });
        await Planning.DoAsync(PlanningOffice.Times(plan));
        await LaterAsync(plan);
        (await office.MailsAsync("nora@umzug.example")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task an_event_that_does_not_take_place_ends_every_registration_and_nobody_moves_up_into_it()
    {
        var plan = await office.OpenAsync("Forum Ausfall", new RegistrationTerms(Seats: 2, WaitingList: true));
        foreach (var name in new[] { "ada", "bea", "cleo", "dora" })
            await office.SendAsync(RegisteringOffice.Form(plan, name, $"{name}@ausfall.example"));
        await Planning.DoAsync(new CancelEvent(plan.Number, new Words("Die Halle ist gesperrt.")));
        (await office.RefusedAsync(RegisteringOffice.Form(plan, "zu spät", "spaet@ausfall.example"))).ShouldHaveSingleItem();

        foreach (var name in new[] { "ada", "bea", "cleo", "dora" })
        {
            var mails = (await office.MailsAsync($"{name}@ausfall.example")).ToList();
            mails.Count.ShouldBe(2);
            RegisteringOffice.TextOf(mails[1]).ShouldContain("Der Grund: Die Halle ist gesperrt.");
            RegisteringOffice.CalendarOf(mails[1]).ShouldContain("STATUS:CANCELLED");
        }
        (
            await office.ReadAsync<long>(
                "select count(*) from events.mt_events where stream_id = @id and type in ('registration-promoted', 'seat-offered')",
                new { id = plan.Id }
            )
        ).ShouldBe(0);
        (await office.ReadAsync<long>("select count(*) from events.registration where event_id = @id and state <> 'cancelled'", new { id = plan.Id })).ShouldBe(
            0
        );
        (await office.ReadAsync<int>("select taken from events.seat_pool where pool = @id", new { id = plan.Id })).ShouldBe(0);
        await DeliverAsync(new RemindAttendees(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task who_has_a_seat_is_reminded_once_some_days_before_with_the_way_to_take_part_online()
    {
        var plan = await office.OpenAsync("Forum Erinnerung", new RegistrationTerms(Seats: 1, WaitingList: true));
        await Planning.DoAsync(PlanningOffice.Times(plan) with { Venue = PlanningOffice.Hall, Online = true, OnlineLink = "https://treffen.example/42" });
        await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@erinnern.example"));
        await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@erinnern.example"));
        (await office.MailsAsync("nora@erinnern.example")).Count.ShouldBe(1);
        (await office.MailsAsync("ali@erinnern.example")).Count.ShouldBe(1);
        try
        {
            foreach (var day in new[] { 12, 13, 13, 14, 16 })
            {
                Planning.Office.Clock.SetToday(new DateOnly(2027, 9, day));
                await DeliverAsync(new RemindAttendees(Guid.CreateVersion7()));
                await Planning.Office.DrainAsync();
                (await office.MailsAsync("nora@erinnern.example")).Count.ShouldBe(day < 13 ? 1 : 2, $"on the {day}th");
            }
        }
        finally
        {
            Planning.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        }
        RegisteringOffice.TextOf((await office.MailsAsync("nora@erinnern.example"))[1]).ShouldContain("https://treffen.example/42");
        (await office.MailsAsync("ali@erinnern.example")).Count.ShouldBe(1, "who waits has nothing to be reminded of");
    }

    [Fact]
    public async Task a_number_that_is_handed_to_the_mail_twice_leaves_once()
    {
        var plan = await office.OpenAsync("Forum Wiederholung", new RegistrationTerms(Seats: 5));
        await Planning.Office.DrainAsync();
        await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@wieder.example"));
        await Planning.DoAsync(PlanningOffice.Times(plan) with { Starts = plan.Starts.AddDays(1), Ends = plan.Ends.AddDays(1), Venue = PlanningOffice.Hall });
        for (var i = 0; i < 3; i++)
            await DeliverAsync(new TellMoved(plan.EventId, 1));
        (await office.MailsAsync("nora@wieder.example")).Count.ShouldBe(2);
        await LaterAsync(plan);
        (await office.MailsAsync("nora@wieder.example")).Count.ShouldBe(2);
    }

    // What was scheduled for each change comes.
    private async Task LaterAsync(EventPlan plan)
    {
        await Planning.Office.DrainAsync();
        for (var sequence = 1; sequence <= (await Planning.ReadAsync(plan.Number)).Sequence; sequence++)
            await DeliverAsync(new TellMoved(plan.EventId, sequence));
        await Planning.Office.DrainAsync();
    }

    private async Task DeliverAsync(object message)
    {
        await Planning.Office.As(Actor.System).Bus.PublishAsync(message);
        await Planning.Office.DrainAsync();
    }
}
