using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Planning.Record;
using Association.Events.Planning.Tickets;
using Association.Events.Registering;
using Association.Events.Registering.Form;
using Association.Events.Tests.Planning;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Registering.Form;

/// <summary>Somebody without an account registers, waits, moves up and cancels by the link of her mail.</summary>
public sealed class RegisterForEventTests(RegisteringOffice office) : IClassFixture<RegisteringOffice>
{
    private readonly PlanningOffice planning = office.Planning;

    [Fact]
    public async Task a_form_sent_twice_is_one_registration_with_one_mail_in_the_persons_language()
    {
        var plan = await office.OpenAsync("Forum Doppelt", new RegistrationTerms(Seats: 5));
        var form = RegisteringOffice.Form(plan, " Claire\tWeber ", "claire@doppelt.example", "fr") with
        {
            Remark = "végétarien\r\nfauteuil",
            MemberNumber = "5005",
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => office.SendAsync(form)));
        answers.ShouldAllBe(a => a.State == RegistrationState.Accepted);
        answers.Count(a => a.Link is not null).ShouldBe(1, "the link is told once");

        var mail = (await office.MailsAsync("claire@doppelt.example")).ShouldHaveSingleItem();
        var text = RegisteringOffice.TextOf(mail);
        text.ShouldContain("vous êtes inscrit");
        text.ShouldContain("16/09/2027, de 9:00 à 17:00");
        text.ShouldContain("Kongresshalle, Hafenstraße 12, 66111 Saarbrücken");
        text.ShouldContain("https://verein.example/fr/meine-anmeldung?key=");
        RegisteringOffice.KeyOf(mail).ShouldBe(answers.Single(a => a.Link is not null).Link);
        var row = (await ListAsync(plan)).ShouldHaveSingleItem();
        (row.Name, row.Remark, row.MemberNumber).ShouldBe(("Claire Weber", "végétarien\nfauteuil", "5005"));

        (await office.SendAsync(form)).ShouldBe(new FormAnswer(RegistrationState.Accepted, null, null), "the back button");
        (await office.RefusedAsync(form with { Remark = "anders" })).ShouldHaveSingleItem().Field.ShouldBe("");
        (await office.MailsAsync("claire@doppelt.example")).Count.ShouldBe(1);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task who_waits_moves_up_and_is_mailed_once_when_another_cancels_by_her_link()
    {
        var plan = await office.OpenAsync("Forum Warteliste", new RegistrationTerms(Seats: 1, WaitingList: true));
        var nora = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@warte.example"));
        var ali = await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@warte.example"));
        var lea = await office.SendAsync(RegisteringOffice.Form(plan, "Léa Roth", "lea@warte.example", "fr"));
        (nora.State, ali.State, lea.State).ShouldBe((RegistrationState.Accepted, RegistrationState.Waiting, RegistrationState.Waiting));
        RegisteringOffice.TextOf((await office.MailsAsync("lea@warte.example")).Single()).ShouldContain("au rang 2");
        var waiting = (await office.OwnAsync(lea.Link)).ShouldNotBeNull();
        (waiting.State, waiting.Rank, waiting.Fact).ShouldBe((RegistrationState.Waiting, 2, "registration-waits"));
        waiting.Full.ShouldBe([new PoolId(plan.Id)]);

        await office.CancelAsync(nora.Link);
        await office.CancelAsync(nora.Link); // a second click

        (await office.OwnAsync(nora.Link))!.State.ShouldBe(RegistrationState.Cancelled);
        var moved = (await office.OwnAsync(ali.Link)).ShouldNotBeNull();
        (moved.State, moved.Rank, moved.Fact).ShouldBe((RegistrationState.Accepted, null, "registration-promoted"));
        (await office.OwnAsync(lea.Link))!.Rank.ShouldBe(1);
        var mails = await office.MailsAsync("ali@warte.example");
        mails.Count.ShouldBe(2);
        var up = mails.Single(m => RegisteringOffice.TextOf(m).Contains("ein Platz ist frei geworden"));
        (await office.OwnAsync(RegisteringOffice.KeyOf(up)))!.Name.ShouldBe("Ali Kaya", "the older mail's link goes on working beside it");

        // Whatever made the seat free: the office plans more.
        await planning.DoAsync(new SaveRegistration(plan.Number, null, new RegistrationTerms(Seats: 2, WaitingList: true)));
        var told = await office.MailsAsync("lea@warte.example");
        told.Select(RegisteringOffice.TextOf).Count(t => t.Contains("une place s’est libérée")).ShouldBe(1);
        (await office.MailsAsync("ali@warte.example")).Count.ShouldBe(2);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task who_was_registered_by_the_office_is_told_too_without_a_link()
    {
        var plan = await office.OpenAsync("Forum Telefon", new RegistrationTerms(Seats: 1, WaitingList: true));
        var first = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@telefon.example"));
        var who = new Attendee("Ali Kaya", "", "ali@telefon.example", "en");
        await planning.DoAsync(new RegisterAttendee(plan.Number, Guid.CreateVersion7(), who, null, []));
        await office.CancelAsync(first.Link);
        var text = RegisteringOffice.TextOf((await office.MailsAsync("ali@telefon.example")).ShouldHaveSingleItem());
        text.ShouldContain("A seat became free");
        text.ShouldNotContain("key=");
        text.ShouldContain("post@bliesland.example");
    }

    [Fact]
    public async Task a_link_that_was_changed_opens_and_cancels_nothing_and_the_database_holds_its_digest_alone()
    {
        var plan = await office.OpenAsync("Forum Link", new RegistrationTerms(Seats: 5));
        var link = (await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@link.example"))).Link!;
        foreach (var wrong in new[] { null, "", link[..^1], link[..^1] + (link[^1] == 'A' ? 'E' : 'A'), link + "A", "' or 1=1 --" })
        {
            (await office.OwnAsync(wrong)).ShouldBeNull();
            var refused = await Should.ThrowAsync<ProblemsException>(() => office.CancelAsync(wrong));
            refused.Problems.ShouldHaveSingleItem().Text.ShouldBe("Dieser Link öffnet nichts mehr.");
        }
        (await office.OwnAsync(link))!.State.ShouldBe(RegistrationState.Accepted);
        (await office.ReadAsync<long>("select count(*) from events.attendee_link l where l::text like '%' || @link || '%'", new { link })).ShouldBe(0);

        planning.Office.Clock.SetToday(new DateOnly(2027, 9, 17));
        try
        {
            var over = await Should.ThrowAsync<ProblemsException>(() => office.CancelAsync(link));
            over.Problems.ShouldHaveSingleItem().Text.ShouldContain("vorbei");
        }
        finally
        {
            planning.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        }
    }

    [Fact]
    public async Task what_is_not_offered_today_or_is_for_members_is_refused_at_its_field()
    {
        var plan = await office.OpenAsync("Forum Karten", new RegistrationTerms(Seats: 5));
        var (free, paid, members, past) = (
            PlanningOffice.Ticket("Eintritt", 0),
            PlanningOffice.Ticket("Gast", 95),
            PlanningOffice.Ticket("Mitglied", 0) with
            {
                For = TicketFor.Members,
            },
            PlanningOffice.Ticket("Früh", 0) with
            {
                Until = new DateOnly(2027, 5, 31),
            }
        );
        await planning.DoAsync(new SaveTicket(plan.Number, null, past));
        plan = await planning.ReadAsync(plan.Number);
        RegistrationDoor.Of(plan, [], planning.Office.Clock.GetUtcNow()).ShouldBe(Door.NoTicket, "nothing to be had today");
        foreach (var ticket in new[] { free, members, paid })
            await planning.DoAsync(new SaveTicket(plan.Number, null, ticket));
        foreach (var wrong in new[] { past.Id, Guid.CreateVersion7(), (Guid?)null })
            (await office.RefusedAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@karten.example", ticket: wrong)))
                .ShouldHaveSingleItem()
                .Field.ShouldBe("Ticket");
        (await office.RefusedAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@karten.example", ticket: members.Id)))
            .ShouldHaveSingleItem()
            .Field.ShouldBe("MemberNumber");
        (await office.RefusedAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@karten.example", ticket: paid.Id)))
            .Select(p => p.Field)
            .ShouldBe(["PayerName", "Street", "PostalCode", "Town"]);
        var taken = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@karten.example", ticket: free.Id));
        taken.State.ShouldBe(RegistrationState.Accepted);
        (await office.OwnAsync(taken.Link))!.Needs.ShouldContain(new PoolId(free.Id));
    }

    [Fact]
    public async Task what_is_missing_or_wrong_is_said_at_its_field_and_nothing_is_kept()
    {
        var plan = await office.OpenAsync("Forum Felder", new RegistrationTerms(Seats: 5, WaitingList: true));
        var (one, same) = (
            PlanningOffice.Talk(plan, "Werkstatt", 10) with
            {
                Bookable = true,
                Seats = 1,
            },
            PlanningOffice.Talk(plan, "Labor", 10) with
            {
                Bookable = true,
            }
        );
        await planning.DoAsync(new SaveSession(plan.Number, null, one));
        await planning.DoAsync(new SaveSession(plan.Number, null, same));
        var good = RegisteringOffice.Form(plan, "Nora Groß", "nora@felder.example", "de", null, one.Id);
        var wrong = good with
        {
            Attendee = new Attendee(" ", new string('x', 201), "nora", "de"),
            MemberNumber = new string('5', 41),
            Remark = new string('x', 1001),
            Privacy = false,
            Sessions = [one.Id, Guid.CreateVersion7()],
        };
        (await office.RefusedAsync(wrong))
            .Select(p => p.Field)
            .ShouldBe(["Name", "Email", "Organisation", "MemberNumber", "Remark", "Privacy", "Sessions"], ignoreOrder: true);
        (await office.RefusedAsync(good with { Sessions = [one.Id, same.Id] })).ShouldHaveSingleItem().Text.ShouldContain("zur selben Zeit");
        foreach (
            var broken in new[]
            {
                good with
                {
                    Form = Guid.Empty,
                },
                good with
                {
                    Site = "javascript:alert(1)",
                },
                good with
                {
                    Attendee = good.Attendee with { Language = "it" },
                },
                good with
                {
                    Slug = "gibt-es-nicht",
                },
            }
        )
            (await office.RefusedAsync(broken)).ShouldHaveSingleItem().Field.ShouldBe("");
        (await ListAsync(plan)).ShouldBeEmpty();

        (await office.SendAsync(good)).State.ShouldBe(RegistrationState.Accepted);
        var second = await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@felder.example", "de", null, one.Id));
        (await office.OwnAsync(second.Link))!.Full.ShouldBe([new PoolId(one.Id)], "the workshop has one seat");
    }

    [Fact]
    public async Task who_comes_too_early_too_late_or_to_a_full_house_is_told_so()
    {
        var early = await office.OpenAsync("Forum Früh", new RegistrationTerms(Opens: PlanningOffice.At(7, 1, 9)));
        var late = await office.OpenAsync("Forum Spät", new RegistrationTerms(Closes: PlanningOffice.At(5, 31, 12)));
        var full = await office.OpenAsync("Forum Voll", new RegistrationTerms(Seats: 1));
        var members = await office.OpenAsync("Forum Mitglieder", new RegistrationTerms());
        await planning.DoAsync(PlanningOffice.Times(members) with { Visibility = Visibility.Members });
        var cancelled = await office.OpenAsync("Forum Abgesagt", new RegistrationTerms());
        await planning.DoAsync(new CancelEvent(cancelled.Number, new Words("Krank")));
        foreach (
            var (plan, said) in new[] { (early, "noch nicht offen"), (late, "geschlossen"), (members, "Geschäftsstelle"), (cancelled, "findet nicht statt") }
        )
            (await office.RefusedAsync(RegisteringOffice.Form(plan, "Nora Groß", "nora@tuer.example"))).ShouldHaveSingleItem().Text.ShouldContain(said);

        var offer = () => planning.Office.As(Platform.Data.Users.Actor.Anonymous).Bus.QueryAsync(new ReadOffer(full.Slug));
        (await offer())!.Seats.ShouldHaveSingleItem().Taken.ShouldBe(0);
        await office.SendAsync(RegisteringOffice.Form(full, "Nora Groß", "nora@voll.example"));
        var seen = (await offer()).ShouldNotBeNull();
        RegistrationDoor.Of(seen.Plan, seen.Seats, planning.Office.Clock.GetUtcNow()).ShouldBe(Door.Full);
        var refused = RegisteringOffice.Form(full, "Ali Kaya", "ali@voll.example");
        (await office.SendAsync(refused)).ShouldBe(new FormAnswer(RegistrationState.Refused, RefusalReason.Full, null));
        (await office.ReadAsync<long>("select count(*) from events.attendee where email = 'ali@voll.example'")).ShouldBe(
            0,
            "of who has no seat nothing is kept"
        );
        (await office.MailsAsync("ali@voll.example")).ShouldBeEmpty();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task nobody_fills_a_strangers_mailbox_and_who_is_erased_leaves_no_link()
    {
        var plan = await office.OpenAsync("Forum Menge", new RegistrationTerms());
        var links = new List<string>();
        for (var i = 0; i < FormProblems.MostADay; i++)
            links.Add((await office.SendAsync(RegisteringOffice.Form(plan, $"Flut {i}", "flut@fremd.example"))).Link!);
        (await office.RefusedAsync(RegisteringOffice.Form(plan, "Flut 4", "FLUT@fremd.example"))).ShouldHaveSingleItem().Field.ShouldBe("Email");

        await office.ReadAsync<int>("delete from events.attendee where email = 'flut@fremd.example' returning 1");
        (await office.OwnAsync(links[0])).ShouldBeNull();
        (
            await office.ReadAsync<long>(
                """
                select (select count(*) from events.mt_events where data::text ~ 'Flut|fremd')
                     + (select count(*) from platform.audit_entry where table_name like 'events.%' and changes::text ~ 'Flut|fremd.example')
                     + (select count(*) from messaging.message where body::text ~ 'Flut|fremd')
                """
            )
        ).ShouldBe(0, "who was erased is in no fact, no trail, no message");
        await ShouldVerifyAsync();
    }

    private async Task<IReadOnlyList<ListedRegistration>> ListAsync(EventPlan plan) =>
        (await planning.Office.As(Roles.Board).Bus.QueryAsync(new ListRegistrations(plan.EventId))).Page.Rows;

    private async Task ShouldVerifyAsync()
    {
        var scope = planning.Office.As(Roles.Office); // the office ends it
        foreach (var check in scope.Services.GetServices<IVerifyCheck>())
            (await check.RunAsync(CancellationToken.None)).ShouldSatisfyAllConditions(r => r.Ok.ShouldBeTrue(r.Detail));
    }
}
