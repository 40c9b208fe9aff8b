using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Events.Planning.Tickets;
using Association.Events.Pricing;
using Association.Events.Registering.Form;
using Association.Events.Tests.Planning;
using Association.Events.Tests.Registering.Form;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Pricing;

/// <summary>A seminar that costs something: who pays what, and what becomes of it when people cancel.</summary>
public sealed class SeminarTests(PricingOffice office) : IClassFixture<PricingOffice>
{
    private PlanningOffice Planning => office.Planning;

    [Fact]
    public async Task three_prices_an_early_bird_a_group_of_four_a_collective_invoice_and_a_part_that_cancels_add_up()
    {
        var (clinic, number) = await office.MemberAsync("Klinikum Nord gGmbH", "info@klinikum-nord.example");
        var (plan, guest, early, member) = await SeminarAsync("Seminar Wundversorgung");

        // A guest from France, in time for the early bird.
        var claire = await office.Registering.SendAsync(
            RegisteringOffice.Form(plan, "Claire Weber", "claire@metz.example", "fr", early.Id) with
            {
                Payer = PricingOffice.Payer(),
            }
        );
        claire.State.ShouldBe(RegistrationState.Accepted);
        // Later the early bird is over, and the full price holds.
        Planning.Office.Clock.SetToday(new DateOnly(2027, 7, 2));
        try
        {
            (await office.Registering.RefusedAsync(RegisteringOffice.Form(plan, "Paul Roth", "paul@metz.example", "fr", early.Id)))[0].Field.ShouldBe("Ticket");
            await office.Registering.SendAsync(
                RegisteringOffice.Form(plan, "Paul Roth", "paul@metz.example", "fr", guest.Id) with
                {
                    Payer = PricingOffice.Payer("Paul Roth"),
                }
            );
            // Four of a hospital, and two more by another form: one invoice for all.
            var four = Group(plan, member, "Nora Groß", "nora.gross@klinikum-nord.example", number, "Ali Kaya", "Léa Roth", "Jan Wolf");
            (await office.Registering.SendAsync(four)).State.ShouldBe(RegistrationState.Accepted);
            (await office.Registering.SendAsync(four)).Link.ShouldBeNull("sent twice, it is one registration");
            await office.Registering.SendAsync(Group(plan, member, "Eva Lang", "lang@klinikum-nord.example", number, "Tim Ott"));

            var before = await office.InvoicesAsync(plan);
            before.Select(i => (i.Amount, i.Tax, i.Open)).ShouldBe([(95.20m, 15.20m, 95.20m), (119.00m, 19.00m, 119.00m)]);
            before.ShouldAllBe(i => i.Number.StartsWith("VR-2027-") && i.Holder.StartsWith("GAST-"));
            var waiting = (await BillsAsync(plan)).Waiting.ShouldHaveSingleItem();
            (waiting.Payer, waiting.Seats, waiting.Amount).ShouldBe(("Klinikum Nord gGmbH", 6, new Money(357.00m)));

            await Planning.DoAsync(new CollectBills(plan.Number, clinic));
            await Planning.DoAsync(new CollectBills(plan.Number)); // pressed again
            var collective = (await office.InvoicesAsync(plan)).Single(i => i.Holder == number);
            (collective.Amount, collective.Tax).ShouldBe((357.00m, 57.00m));
            var mailed = (await office.Registering.MailsAsync("info@klinikum-nord.example")).ShouldHaveSingleItem();
            mailed.Data.ShouldContain(collective.Number);

            // It is paid; then one of the four cancels in time, and one too late.
            await PayAsync(collective.Number, 357.00m);
            await office.Registering.CancelAsync(await LinkOfAsync("Ali Kaya"));
            var second = (await office.InvoicesAsync(plan)).Single(i => i.Holder == number);
            (second.Amount, second.Open).ShouldBe((297.50m, 0m), "what was paid pays what is owed now");
            Planning.Office.Clock.SetToday(new DateOnly(2027, 9, 10));
            await office.Registering.CancelAsync(await LinkOfAsync("Léa Roth"));
            await office.Registering.CancelAsync(await LinkOfAsync("Léa Roth"));
            var third = (await office.InvoicesAsync(plan)).Single(i => i.Holder == number);
            (third.Amount, third.Tax, third.Open).ShouldBe(
                (238.00m + 29.75m, 38.00m, 0m),
                "four seats, and half the price without tax for the one given up late"
            );
            (await CreditAsync(number)).ShouldBe(357.00m - 267.75m);

            // The guest of the early bird cancels in time no more, by the office's goodwill for nothing.
            await Planning.DoAsync(new CancelRegistrations(plan.EventId, [await IdOfAsync("Claire Weber")], CancelReason.Goodwill));
            (await office.InvoicesAsync(plan)).Select(i => i.Amount).Order().ShouldBe([119.00m, 267.75m]);
        }
        finally
        {
            Planning.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        }
        await office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task who_waits_is_billed_when_a_seat_becomes_free_and_pays_what_held_when_she_asked()
    {
        var (plan, guest, early, _) = await SeminarAsync("Seminar Warteliste", seats: 1);
        var first = await office.Registering.SendAsync(
            RegisteringOffice.Form(plan, "Ada Eins", "ada@warten.example", "de", guest.Id) with
            {
                Payer = PricingOffice.Payer("Ada Eins"),
            }
        );
        var second = await office.Registering.SendAsync(
            RegisteringOffice.Form(plan, "Bea Zwei", "bea@warten.example", "de", early.Id) with
            {
                Payer = PricingOffice.Payer("Bea Zwei"),
            }
        );
        second.State.ShouldBe(RegistrationState.Waiting);
        (await office.InvoicesAsync(plan)).ShouldHaveSingleItem().Amount.ShouldBe(119.00m);

        Planning.Office.Clock.SetToday(new DateOnly(2027, 7, 2));
        try
        {
            await office.Registering.CancelAsync(first.Link);
            (await office.InvoicesAsync(plan)).ShouldHaveSingleItem().Amount.ShouldBe(95.20m, "the early bird that she asked for");
        }
        finally
        {
            Planning.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        }
        await office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_number_that_a_stranger_guessed_buys_no_members_ticket_and_charges_nobody()
    {
        var (_, number) = await office.MemberAsync("Klinikum Süd gGmbH", "info@klinikum-sued.example");
        var (_, gone) = await office.MemberAsync("Praxis Fort", "info@fort.example", left: "2026-12-31");
        var (_, pharmacy) = await office.MemberAsync("Apotheke West", "west@gmx.de", "practice");
        var (plan, _, _, member) = await SeminarAsync("Seminar Fremde");
        var wrong = new[] { (number, "fremd@anders.example"), ("9999", "info@klinikum-sued.example"), (gone, "info@fort.example"), (pharmacy, "fremd@gmx.de") };
        var said = new List<string>();
        foreach (var (typed, email) in wrong)
        {
            var refused = await office.Registering.RefusedAsync(
                RegisteringOffice.Form(plan, "Fremde", email, "de", member.Id) with
                {
                    MemberNumber = typed,
                    Payer = TypedPayer.None with { Collective = true },
                }
            );
            refused.Select(p => p.Field).ShouldContain("MemberNumber");
            said.Add(refused.Single(p => p.Field == "MemberNumber").Text);
        }
        said.Distinct().Count().ShouldBe(1, "whether a number exists is nobody's business");
        (await office.InvoicesAsync(plan)).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_wrong_with_a_group_is_said_at_its_person_and_a_form_of_too_many_is_refused()
    {
        var (plan, guest, _, _) = await SeminarAsync("Seminar Gruppe");
        var form = RegisteringOffice.Form(plan, "Ada Eins", "ada@gruppe.example", "de", guest.Id) with
        {
            Payer = PricingOffice.Payer("Ada", "DE", "5700", ""),
            Others = [Person("", "ada@", guest.Id), Person("Bea", "", Guid.CreateVersion7())],
        };
        (await office.Registering.RefusedAsync(form)).Select(p => p.Field).ShouldBe(["Name.1", "Email.1", "Ticket.2", "PostalCode", "Town"]);
        var many = form with { Others = [.. Enumerable.Range(0, 10_000).Select(i => Person($"P {i}", "", guest.Id))] };
        (await office.Registering.RefusedAsync(many)).ShouldHaveSingleItem().Text.ShouldContain("10 Personen");
        (await office.Registering.ReadAsync<long>("select count(*) from events.attendee where email like '%gruppe.example'")).ShouldBe(0);
    }

    [Fact]
    public async Task prices_are_never_negative_nor_huge_and_without_tax_they_say_why()
    {
        var plan = await Planning.PlannedAsync("Seminar Preise");
        foreach (var (price, vat, field) in new[] { (-1m, 19m, "Price"), (1_000_000m, 19m, "Price"), (10m, -1m, "VatPercent"), (10m, 0m, "NoVat") })
            (await Planning.RefusedAsync(new SaveTicket(plan.Number, null, PlanningOffice.Ticket("Karte", price) with { VatPercent = vat }))).ShouldBe([field]);
        var free = PlanningOffice.Ticket("Karte", 10) with { VatPercent = 0, NoVat = NoVatReason.Teaching };
        await Planning.DoAsync(new SaveTicket(plan.Number, null, free));
        (await Planning.ReadAsync(plan.Number)).Tickets.ShouldHaveSingleItem().NoVat.ShouldBe(NoVatReason.Teaching);
    }

    private async Task<(EventPlan Plan, Ticket Guest, Ticket Early, Ticket Member)> SeminarAsync(string title, int? seats = 50)
    {
        var plan = await office.Registering.OpenAsync(
            title,
            new RegistrationTerms(Seats: seats, WaitingList: true, CancelUntil: new DateOnly(2027, 9, 1), CancelPercent: 50)
        );
        var (guest, early, member) = (
            PlanningOffice.Ticket("Gast", 119.00m),
            PlanningOffice.Ticket("Frühbucher", 95.20m) with
            {
                Until = new DateOnly(2027, 6, 30),
            },
            PlanningOffice.Ticket("Krankenhaus", 59.50m) with
            {
                For = TicketFor.Categories,
                Categories = ["hospital"],
            }
        );
        foreach (var ticket in new[] { guest, early, member })
            await Planning.DoAsync(new SaveTicket(plan.Number, null, ticket));
        return (await Planning.ReadAsync(plan.Number), guest, early, member);
    }

    private static Companion Person(string name, string email, Guid? ticket) => new(Guid.CreateVersion7(), name, email, ticket, [], "");

    private static RegisterForEvent Group(EventPlan plan, Ticket ticket, string name, string email, string member, params string[] others) =>
        RegisteringOffice.Form(plan, name, email, "de", ticket.Id) with
        {
            MemberNumber = member,
            Payer = TypedPayer.None with { Collective = true },
            Others = [.. others.Select(o => Person(o, "", ticket.Id))],
        };

    private async Task<BillsOfEvent> BillsAsync(EventPlan plan) => await Planning.Office.As("office").Bus.QueryAsync(new ReadBills(plan.EventId));

    private async Task<RegistrationId> IdOfAsync(string name) =>
        new(await office.Registering.ReadAsync<Guid>("select registration_id from events.attendee where name = @name", new { name }));

    private async Task<string> LinkOfAsync(string name)
    {
        var mails = (await office.Registering.MailsAsync("nora.gross@klinikum-nord.example")).Select(m => (Key: RegisteringOffice.KeyOf(m), m)).ToList();
        foreach (var (key, _) in mails.Where(m => m.Key.Length > 0))
            if ((await office.Registering.OwnAsync(key))?.Name == name)
                return key;
        throw new ShouldAssertException($"No mail with the link of {name} among {mails.Count}.");
    }

    private Task PayAsync(string number, decimal amount) =>
        Planning.DoAsync(new Billing.Ledger.Payments.RecordPayment(number, new Money(amount), Planning.Office.Clock.Today(), ""));

    private Task<decimal> CreditAsync(string member) =>
        office.Registering.ReadAsync<decimal>(
            "select coalesce(sum(b.balance), 0) from billing.credit_balance b join billing.account a on a.id = b.account_id where a.member_number = @member",
            new { member }
        );
}
