using Association.Billing.Accounts.Refunds;
using Association.Billing.Contracts;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger.Payments;
using Association.Billing.Ledger.Shown;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Ledger;

/// <summary>Two tabs, two people: whoever acts on a page that is out of date is refused and told what happened since. 180 € are owed here.</summary>
public sealed class OutdatedPageTests : IAsyncLifetime
{
    private const string Number = "BR-2026-00001";
    private BillingOffice _office = null!;
    private MemberCard _member = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(_member, 180));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task two_people_who_book_the_same_payment_at_once_book_it_once_and_the_second_is_told_of_the_first()
    {
        var shown = await ShownAsync();
        var answers = await Task.WhenAll(
            new[] { Roles.Office, "office2" }.Select(async who =>
            {
                try
                {
                    await _office.As(who).Bus.InvokeAsync<RecordedPayment>(Payment(180, shown));
                    return "";
                }
                catch (ProblemsException refused)
                {
                    return refused.Message;
                }
            })
        );

        answers.Count(a => a.Length == 0).ShouldBe(1);
        var by = await _office.ReadAsync<string>("select posted_by from billing.posting where kind = 'payment'");
        answers.Single(a => a.Length > 0).ShouldMatch($@"^Seit Sie diese Seite geöffnet haben: \d\d\.\d\d\.\d{{4}}, \d\d:\d\d Zahlung 180,00.€ von {by}\.");
        (await _office.ReadAsync<long>("select count(*) from billing.posting where kind = 'payment'")).ShouldBe(1);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_page_that_comes_back_shows_the_present_state_and_is_taken_again()
    {
        var shown = await ShownAsync();
        await PayAsync(30);
        (await RefusedAsync(Payment(150, shown))).ShouldContain("Zahlung 30,00");
        (await ShownAsync()).Amount.ShouldBe(new Money(150));
        await _office.InvokeAsync<RecordedPayment>(Payment(150, await ShownAsync()));
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task who_cancels_waives_or_takes_back_what_was_paid_since_is_refused()
    {
        var first = await PayAsync(10);
        var shown = await ShownAsync();
        await PayAsync(30);

        foreach (
            var command in new object[]
            {
                new CancelInvoice(Number, "Falsche Kategorie", shown),
                new RequestRelief(Number, ReliefKind.Waiver, "Vorstand", BillingOffice.Today, "Beschluss", new Money(20), shown),
                new RequestRelief(Number, ReliefKind.WriteOff, "Vorstand", BillingOffice.Today, "Beschluss", null, shown),
                new ReversePayment(first.Entry, "Falsches Mitglied", shown),
            }
        )
            (await RefusedAsync(command)).ShouldContain("Zahlung 30,00");
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(new Money(140));
        (await _office.ReadAsync<long>("select count(*) from billing.claim_relief")).ShouldBe(0);
    }

    [Fact]
    public async Task who_pays_back_or_sets_off_a_credit_that_was_used_since_is_refused()
    {
        await PayAsync(200, credit: 20);
        await _office.IssueAsync(PlannedMembership.Charge(_member, 50, year: 2028));
        var shown = await _office.As().Bus.QueryAsync(new ReadAccountAsShown(_member.Number));
        shown.Amount.ShouldBe(new Money(20));
        await _office.InvokeAsync<RefundedCredit>(new RefundCredit(_member.Number, new Money(5), BillingOffice.Today));

        (await RefusedAsync(new RefundCredit(_member.Number, new Money(15), BillingOffice.Today, "", shown))).ShouldContain("Erstattung veranlasst: 5,00");
        (await RefusedAsync(new SetOffCredit("BR-2026-00002", shown))).ShouldContain("Erstattung veranlasst: 5,00");
    }

    [Fact]
    public async Task the_second_person_agrees_to_what_the_page_showed_and_to_nothing_else()
    {
        await _office.InvokeAsync<ReliefState>(new RequestRelief(Number, ReliefKind.Waiver, "Vorstand", BillingOffice.Today, "Beschluss", new Money(100)));
        var shown = await ShownAsync();
        await PayAsync(60);

        var board = _office.As(Roles.Board);
        (await Should.ThrowAsync<ProblemsException>(board.Bus.InvokeAsync(new ApproveRelief(Number, shown)))).Message.ShouldContain("Zahlung 60,00");
        await board.Bus.InvokeAsync(new ApproveRelief(Number, await ShownAsync()));
        // Once given, an old page's click does nothing.
        await board.Bus.InvokeAsync(new ApproveRelief(Number, shown));
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(new Money(20));
    }

    [Fact]
    public async Task a_cancellation_of_a_paid_invoice_and_what_is_asked_for_and_refused_are_told()
    {
        await PayAsync(180);
        var shown = await ShownAsync();
        await _office.CancelAsync(Number, "Falsche Kategorie");
        (await RefusedAsync(Payment(1, shown))).ShouldContain("Storno 180,00");

        await _office.IssueAsync(PlannedMembership.Charge(_member, 90, year: 2028));
        const string Second = "BR-2026-00002";
        shown = await ShownAsync(Second);
        await _office.InvokeAsync<ReliefState>(new RequestRelief(Second, ReliefKind.Waiver, "Vorstand", BillingOffice.Today, "Beschluss", new Money(90)));
        await _office.As(Roles.Board).Bus.InvokeAsync(new WithdrawRelief(Second, "Nicht beschlossen"));
        var told = await RefusedAsync(new RecordPayment(Second, new Money(90), BillingOffice.Today, Shown: shown));
        told.ShouldContain("Erlass veranlasst: 90,00");
        told.ShouldContain("Erlass abgelehnt: 90,00");
    }

    [Fact]
    public async Task who_corrects_a_charge_hands_back_what_the_page_showed_of_its_invoice()
    {
        var charge = (await _office.InvoiceAsync(Number)).Charge;
        var invoices = _office.As().Services.GetRequiredService<IInvoicedCharges>();
        var shown = (await invoices.OfChargeAsync(charge, CancellationToken.None)).ShouldNotBeNull().Shown;
        shown.ShouldBe((await ShownAsync()).ToString());
        (await invoices.SinceAsync(charge, shown, CancellationToken.None)).ShouldBeNull();

        await PayAsync(30);
        (await invoices.SinceAsync(charge, shown, CancellationToken.None)).ShouldNotBeNull().ShouldContain("Zahlung 30,00");
        (await invoices.SinceAsync(charge, "nichts", CancellationToken.None)).ShouldNotBeNull("a form that does not say what it showed fits nothing");
    }

    [Fact]
    public async Task a_command_that_does_not_say_what_was_shown_is_not_checked()
    {
        await PayAsync(30);
        await _office.InvokeAsync<RecordedPayment>(Payment(150, null));
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(Money.Zero);
    }

    private static RecordPayment Payment(decimal amount, AsShown? shown) => new(Number, new Money(amount), BillingOffice.Today, Shown: shown);

    private Task<RecordedPayment> PayAsync(decimal amount, decimal credit = 0) =>
        _office.InvokeAsync<RecordedPayment>(new RecordPayment(Number, new Money(amount), BillingOffice.Today, CreditUpTo: new Money(credit)));

    private Task<AsShown> ShownAsync(string number = Number) => _office.As().Bus.QueryAsync(new ReadItemAsShown(number));

    private async Task<string> RefusedAsync(object command) => (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(command))).Message;
}
