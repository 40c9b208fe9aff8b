using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Planning.Record;
using Association.Events.Registering.Form;
using Association.Events.Registering.Own;
using Association.Events.Tests.Planning;
using Association.Events.Tests.Registering.Form;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Registering;

/// <summary>What somebody does by the link of her mail: take an offered seat, hand it over, choose other parts.</summary>
public sealed class OwnSeatTests(RegisteringOffice office) : IClassFixture<RegisteringOffice>
{
    private PlanningOffice Planning => office.Planning;

    [Fact]
    public async Task an_offered_seat_is_taken_by_the_link_once_and_goes_on_when_the_hour_is_over()
    {
        var plan = await office.OpenAsync("Forum Angebot", new RegistrationTerms(Seats: 1, WaitingList: true, OfferHours: 24));
        var nora = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@angebot.example"));
        var ali = await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@angebot.example"));
        var lea = await office.SendAsync(RegisteringOffice.Form(plan, "Léa Roth", "lea@angebot.example"));
        await office.CancelAsync(nora.Link);
        (await office.OwnAsync(ali.Link))!.State.ShouldBe(RegistrationState.Offered);
        await DoAsync(new TakeOfferedSeat(ali.Link));
        await DoAsync(new TakeOfferedSeat(ali.Link));
        (await office.OwnAsync(ali.Link))!.State.ShouldBe(RegistrationState.Accepted);
        await office.CancelAsync(ali.Link);
        (await office.OwnAsync(lea.Link))!.State.ShouldBe(RegistrationState.Offered);
        Planning.Office.Clock.SetToday(new DateOnly(2027, 6, 4));
        try
        {
            await DoAsync(new TakeOfferedSeat(lea.Link)); // too late: it lapses
            (await office.OwnAsync(lea.Link))!.State.ShouldBe(RegistrationState.Lapsed);
            (await RefusedAsync(new TakeOfferedSeat(lea.Link))).ShouldBe([""]);
            (await RefusedAsync(new TakeOfferedSeat("unknown"))).ShouldBe([""]);
        }
        finally
        {
            Planning.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        }
    }

    [Fact]
    public async Task a_seat_is_handed_over_to_a_colleague_whose_link_alone_opens_it_from_then_on()
    {
        var plan = await office.OpenAsync("Forum Kollegin", new RegistrationTerms(Seats: 5));
        var nora = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@kollegin.example") with { Remark = "vegan" });
        (await RefusedAsync(new HandOverOwnSeat(nora.Link, " ", "keine Adresse"))).ShouldBe(["Name", "Email"]);
        (await RefusedAsync(new HandOverOwnSeat(nora.Link, new string('x', 201), "eva@kollegin.example\r\nBcc: alle@x.example"))).ShouldBe(["Email", "Name"]);

        await DoAsync(new HandOverOwnSeat(nora.Link, "Eva\tLang", "eva@kollegin.example"));
        (await office.OwnAsync(nora.Link)).ShouldBeNull("the former one opens nothing any more");
        var mail = (await office.MailsAsync("eva@kollegin.example")).ShouldHaveSingleItem();
        var own = (await office.OwnAsync(RegisteringOffice.KeyOf(mail))).ShouldNotBeNull();
        (own.Name, own.State).ShouldBe(("Eva Lang", RegistrationState.Accepted));
        (
            await office.ReadAsync<string>("select remark from events.attendee_form f join events.attendee a using (registration_id) where a.name = 'Eva Lang'")
        ).ShouldBe("", "what the other one eats is not hers");
        (await RefusedAsync(new HandOverOwnSeat(nora.Link, "Noch Eine", "noch@kollegin.example"))).ShouldBe([""]);
    }

    [Fact]
    public async Task other_parts_are_chosen_as_far_as_there_are_seats_and_a_full_one_keeps_what_was()
    {
        var plan = await office.OpenAsync("Forum Teile", new RegistrationTerms(Seats: 5));
        Session Part(string title, int hour) => PlanningOffice.Talk(plan, title, hour) with { Bookable = true, Seats = 1 };
        var (one, two, same) = (Part("Werkstatt", 10), Part("Labor", 12), Part("Führung", 12));
        foreach (var part in new[] { one, two, same })
            await Planning.DoAsync(new SaveSession(plan.Number, null, part));
        var nora = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@teile.example", "de", null, one.Id));
        var ali = await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@teile.example"));

        await DoAsync(new ChooseOwnSessions(ali.Link, [two.Id, two.Id]));
        (await office.OwnAsync(ali.Link))!.Needs.ShouldContain(new PoolId(two.Id));
        (await RefusedAsync(new ChooseOwnSessions(ali.Link, [one.Id]))).ShouldBe([""], "full");
        (await office.OwnAsync(ali.Link))!.Needs.ShouldContain(new PoolId(two.Id), "what she had she keeps");
        (await RefusedAsync(new ChooseOwnSessions(ali.Link, [two.Id, same.Id]))).ShouldBe(["Sessions"]);
        (await RefusedAsync(new ChooseOwnSessions(ali.Link, [Guid.CreateVersion7()]))).ShouldBe(["Sessions"]);
        await DoAsync(new ChooseOwnSessions(nora.Link, []));
        await DoAsync(new ChooseOwnSessions(ali.Link, [one.Id]));
        (await office.OwnAsync(ali.Link))!.Needs.ShouldContain(new PoolId(one.Id));
    }

    private Task DoAsync(object command) => Planning.Office.As(Actor.Anonymous).Bus.InvokeAsync(command);

    private async Task<IReadOnlyList<string>> RefusedAsync(object command) =>
        [.. (await Should.ThrowAsync<ProblemsException>(() => DoAsync(command))).Problems.Select(p => p.Field)];
}
