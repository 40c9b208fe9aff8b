using Association.Billing.Accounts;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Ledger.Payments;
using Association.Billing.Ledger.Shown;
using Association.Billing.OpenItems;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Ledger;

public sealed class PaymentTests : IAsyncLifetime
{
    private const string Number = "BR-2026-00001";
    private BillingOffice _office = null!;
    private MemberCard _member = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(_member, 120));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    /// <summary>failures.md row 9.</summary>
    [Fact]
    public async Task an_invoice_paid_in_three_parts_is_not_offered_as_open_again()
    {
        (await PayAsync(50)).ShouldBe(new RecordedPayment(new Money(70), Money.Zero));
        (await PayAsync(30)).ShouldBe(new RecordedPayment(new Money(40), Money.Zero));
        (await OpenItemsAsync()).ShouldHaveSingleItem().Open.ShouldBe(new Money(40));
        (await PayAsync(40)).ShouldBe(new RecordedPayment(Money.Zero, Money.Zero));

        (await OpenItemsAsync()).ShouldBeEmpty();
        (await _office.InvoiceAsync(Number)).State.ShouldBe(InvoiceState.Paid);
        (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(State: InvoiceState.Open)))).Rows.ShouldBeEmpty();
        await _office.ShouldVerifyAsync();
    }

    /// <summary>failures.md row 16.</summary>
    [Fact]
    public async Task the_paid_part_of_a_cancelled_invoice_is_visible_credit()
    {
        await PayAsync(50);
        var cancelled = await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(Number, "Falsche Kategorie"));
        cancelled.ShouldBe(new CancelledInvoice("ST-2026-00001", new Money(50)));

        (await OpenItemsAsync()).ShouldBeEmpty();
        (await CreditsAsync()).ShouldHaveSingleItem().Balance.ShouldBe(new Money(50));
        var account = (await _office.As().Bus.QueryAsync(new GetAccount(_member.Id))).ShouldNotBeNull();
        account.Credit.ShouldBe(new Money(50));
        account.Movements.Select(m => m.Balance.Amount).ShouldBe([-50, 70, 120]);
        _office.Membership.Voided.ShouldHaveSingleItem();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_credit_pays_the_next_invoice_as_far_as_it_reaches()
    {
        await PayAsync(150);
        (await CreditsAsync()).ShouldHaveSingleItem().Balance.ShouldBe(new Money(30));
        await _office.IssueAsync(PlannedMembership.Charge(_member, 100, year: 2028));
        (await CreditsAsync()).ShouldHaveSingleItem().OpenInvoice.ShouldBe("BR-2026-00002");

        (await _office.InvokeAsync<SetOff>(new SetOffCredit("BR-2026-00002"))).ShouldBe(new SetOff(new Money(30), new Money(70)));
        (await CreditsAsync()).ShouldBeEmpty();
        (await OpenItemsAsync()).ShouldHaveSingleItem().Open.ShouldBe(new Money(70));
        (await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<SetOff>(new SetOffCredit("BR-2026-00002")))).Problems.ShouldHaveSingleItem();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_second_cancellation_is_refused_and_draws_no_number()
    {
        await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(Number, "Falsche Kategorie"));
        var refused = await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<CancelledInvoice>(new CancelInvoice(Number, "Noch einmal")));
        refused.Message.ShouldContain("ST-2026-00001");
        (
            await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<CancelledInvoice>(new CancelInvoice("ST-2026-00001", "Zurück")))
        ).Problems.ShouldHaveSingleItem();
        (await _office.NumbersAsync()).ShouldBe([Number, "ST-2026-00001"]);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task ten_cancellations_at_once_cancel_once()
    {
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async _ =>
                {
                    try
                    {
                        await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(Number, "Doppelt geklickt"));
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );
        tries.Count(done => done).ShouldBe(1);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task payments_at_once_pay_no_euro_twice()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PayAsync(20)));

        (await OpenItemsAsync()).ShouldBeEmpty();
        (await CreditsAsync()).ShouldHaveSingleItem().Balance.ShouldBe(new Money(80));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_cancellation_is_numbered_in_the_year_of_its_day_also_for_an_old_invoice()
    {
        _office.Office.Clock.SetToday(new DateOnly(2027, 1, 4));
        (await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(Number, "Falsche Kategorie"))).Number.ShouldBe("ST-2027-00001");
    }

    [Theory]
    [InlineData("BR-2026-09999", 10, 0, "Number")]
    [InlineData(Number, 0, 0, "Amount")]
    [InlineData(Number, -5, 0, "Amount")]
    [InlineData(Number, 10, 1, "ReceivedOn")]
    public async Task a_payment_that_cannot_be_is_refused_at_its_field(string number, decimal amount, int daysAhead, string field) =>
        (
            await Should.ThrowAsync<ProblemsException>(
                _office.InvokeAsync<RecordedPayment>(new RecordPayment(number, new Money(amount), BillingOffice.Today.AddDays(daysAhead)))
            )
        )
            .Problems.ShouldHaveSingleItem()
            .Field.ShouldBe(field);

    [Fact]
    public async Task open_items_age_from_the_due_day_but_a_collection_does_not()
    {
        await _office.IssueAsync(
            PlannedMembership.Charge(
                _office.Membership.AddMember(c => c with { Route = PaymentRoute.DirectDebit, Iban = "DE89370400440532013000", MandateReference = "M-1" }),
                60
            )
        );
        _office.Office.Clock.SetToday(new DateOnly(2027, 3, 20));

        var list = await _office.As().Bus.QueryAsync(new ListOpenItems());
        list.Ages.Where(a => a.Count > 0).ShouldBe([new AgeSum(OpenItemAge.NotDue, 1, new Money(60)), new AgeSum(OpenItemAge.UpTo60, 1, new Money(120))]);
        (await _office.InvoiceAsync(Number)).State.ShouldBe(InvoiceState.Overdue);
        (await _office.InvoiceAsync("BR-2026-00002")).State.ShouldBe(InvoiceState.Open);
    }

    // What exceeds the open amount becomes credit here; its number in the journal is another test's.
    private async Task<RecordedPayment> PayAsync(decimal amount) =>
        (await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Number, new Money(amount), BillingOffice.Today, CreditUpTo: new Money(amount)))) with
        {
            Entry = 0,
        };

    private async Task<IReadOnlyList<OpenItem>> OpenItemsAsync() => (await _office.As().Bus.QueryAsync(new ListOpenItems())).Rows;

    [Fact]
    public async Task a_credit_is_set_off_only_as_the_list_of_credits_showed_it()
    {
        await _office.IssueAsync(PlannedMembership.Charge(_member, 100));
        await PayAsync(150);
        var shown = (await CreditsAsync()).ShouldHaveSingleItem().Shown;
        shown.ShouldBe(await _office.As().Bus.QueryAsync(new ReadAccountAsShown(_member.Number)), "as the account's own page carries it");

        await PayAsync(5); // by another tab
        var refused = await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<SetOff>(new SetOffCredit("BR-2026-00002", shown)));
        refused.Message.ShouldContain("5,00");

        (await _office.InvokeAsync<SetOff>(new SetOffCredit("BR-2026-00002", (await CreditsAsync()).Single().Shown))).Amount.ShouldBe(new Money(35));
    }

    private Task<IReadOnlyList<CreditBalance>> CreditsAsync() => _office.As().Bus.QueryAsync(new ListCredits());
}
