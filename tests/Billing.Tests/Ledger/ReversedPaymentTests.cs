using Association.Billing.Accounts;
using Association.Billing.Accounts.Statement;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Ledger;

/// <summary>A payment entered by hand is taken back by an entry of its own; 120 € are owed here.</summary>
public sealed class ReversedPaymentTests : IAsyncLifetime
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

    [Fact]
    public async Task a_payment_taken_back_stays_in_the_journal_and_the_invoice_is_open_again()
    {
        var paid = await PayAsync(120);
        (await TakeBackAsync(paid.Entry)).ShouldBe(new ReversedPayment(new Money(120), Number, new Money(120)));

        var invoice = await _office.InvoiceAsync(Number);
        (invoice.Open, invoice.State).ShouldBe((new Money(120), InvoiceState.Open));
        invoice
            .Postings.Where(p => p.Account == "bank")
            .Select(p => (p.Kind, p.Text, p.Debit.Amount, p.Credit.Amount, p.Payment))
            .ShouldBe([("payment", Number, 120m, 0m, null), ("payment_reversal", $"Nr. {paid.Entry}: Falsches Mitglied", 0m, 120m, null)]);
        var account = (await _office.As().Bus.QueryAsync(new GetAccount(_member.Id))).ShouldNotBeNull();
        account
            .Movements.Select(m => (m.Kind, m.Balance.Amount))
            .ShouldBe([(PostingKind.PaymentReversal, 120m), (PostingKind.Payment, 0m), (PostingKind.Invoice, 120m)]);
        (
            await _office.ReadAsync<bool>(
                "select r.reverses_id = p.id from billing.posting p, billing.posting r where p.kind = 'payment' and r.kind = 'payment_reversal'"
            )
        ).ShouldBeTrue();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task only_a_payment_that_is_not_taken_back_is_offered_to_be()
    {
        var first = await PayAsync(20);
        var second = await PayAsync(30);
        await TakeBackAsync(first.Entry);

        (await _office.InvoiceAsync(Number)).Postings.Select(p => p.Payment).OfType<long>().ShouldBe([second.Entry]);
        var statement = (await _office.As().Bus.QueryAsync(new GetStatement(_member.Number))).ShouldNotBeNull();
        statement.Lines.Select(l => l.Payment).OfType<long>().ShouldBe([second.Entry]);
        (await RefusedAsync(first.Entry)).ShouldContain("am 21.11.2026 schon zurückgenommen");
        (await RefusedAsync(second.Entry + 1)).ShouldContain("keine Zahlung im Journal");
        (await RefusedAsync(second.Entry, "x")).ShouldBe("Nennen Sie den Grund, in 3 bis 120 Zeichen.");
    }

    [Fact]
    public async Task two_who_take_a_payment_back_at_once_take_it_back_once()
    {
        var paid = await PayAsync(50);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    try
                    {
                        await TakeBackAsync(paid.Entry);
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );
        tries.Count(done => done).ShouldBe(1);
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(new Money(120));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_payment_whose_credit_was_used_is_not_taken_back()
    {
        var paid = await PayAsync(150);
        await _office.IssueAsync(PlannedMembership.Charge(_member, 20, year: 2028));
        await _office.InvokeAsync<SetOff>(new SetOffCredit("BR-2026-00002"));

        var refused = await RefusedAsync(paid.Entry);
        refused.ShouldContain("30,00");
        refused.ShouldContain("10,00");
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(Money.Zero);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_payment_with_credit_takes_the_credit_with_it()
    {
        var paid = await PayAsync(150);
        (await TakeBackAsync(paid.Entry)).Open.ShouldBe(new Money(120));
        (await AccountAsync()).ShouldBe((new Money(120), Money.Zero));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task on_a_cancelled_invoice_it_leaves_the_credit_that_the_cancellation_made_of_it()
    {
        var paid = await PayAsync(150);
        await _office.CancelAsync(Number, "Falsche Kategorie");
        (await AccountAsync()).ShouldBe((Money.Zero, new Money(150)));

        (await TakeBackAsync(paid.Entry)).Open.ShouldBe(Money.Zero);
        (await AccountAsync()).ShouldBe((Money.Zero, Money.Zero));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task money_that_came_late_on_a_claim_written_off_is_no_income_any_more()
    {
        await _office.InvokeAsync<ReliefState>(new RequestRelief(Number, ReliefKind.WriteOff, "Vorstand", BillingOffice.Today, "Insolvent"));
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number));
        var paid = await PayAsync(40);
        paid.Recovered.ShouldBe(new Money(40));

        await TakeBackAsync(paid.Entry);
        (await _office.InvoiceAsync(Number)).Forgiven.Recovered.ShouldBe(Money.Zero);
        await _office.As().Bus.InvokeAsync(new ReverseRelief(Number, "Doch zahlungsfähig"));
        (await AccountAsync()).ShouldBe((new Money(120), Money.Zero));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task more_than_the_open_sum_becomes_credit_only_when_that_was_confirmed()
    {
        var refused = await Should.ThrowAsync<ProblemsException>(PayAsync(150, confirmed: 0));
        refused.Problems.ShouldHaveSingleItem().Field.ShouldBe("Amount");
        refused.Message.ShouldContain("120,00");
        refused.Message.ShouldContain("30,00");
        await Should.ThrowAsync<ProblemsException>(PayAsync(150, confirmed: 29.99m));
        (await _office.ReadAsync<long>("select count(*) from billing.posting where kind = 'payment'")).ShouldBe(0);

        (await PayAsync(150, confirmed: 30)).Credit.ShouldBe(new Money(30));
    }

    [Fact]
    public async Task a_cancelled_invoice_takes_no_payment()
    {
        await _office.CancelAsync(Number, "Falsche Kategorie");
        (await Should.ThrowAsync<ProblemsException>(PayAsync(120))).Message.ShouldContain("ist mit ST-2026-00001 storniert");

        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(
            _office.ExecuteAsync(
                """
                with line as (
                  insert into billing.posting_line (posting_id, position, ledger_account, account_id, debit, credit)
                  select '019a0000-0000-7000-8000-00000000eeee'::uuid, n, case n when 1 then 'bank' else 'credit' end, case n when 2 then a.id end,
                         case n when 1 then 5 else 0 end, case n when 2 then 5 else 0 end
                    from billing.account a, generate_series(1, 2) n)
                insert into billing.posting (id, kind, booked_on, dated_on, invoice_id, text, posted_by)
                select '019a0000-0000-7000-8000-00000000eeee', 'payment', '2026-11-21', '2026-11-21', id, 'x', 'x'
                  from billing.invoice where number = 'BR-2026-00001'
                """
            )
        );
        refused.MessageText.ShouldContain("cancelled by ST-2026-00001");
    }

    private Task<RecordedPayment> PayAsync(decimal amount, decimal? confirmed = null) =>
        _office.InvokeAsync<RecordedPayment>(new RecordPayment(Number, new Money(amount), BillingOffice.Today, CreditUpTo: new Money(confirmed ?? amount)));

    private Task<ReversedPayment> TakeBackAsync(long entry) => _office.InvokeAsync<ReversedPayment>(new ReversePayment(entry, "Falsches Mitglied"));

    private async Task<string> RefusedAsync(long entry, string reason = "Falsches Mitglied") =>
        (await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<ReversedPayment>(new ReversePayment(entry, reason)))).Message;

    private async Task<(Money Open, Money Credit)> AccountAsync()
    {
        var account = (await _office.As().Bus.QueryAsync(new GetAccount(_member.Id))).ShouldNotBeNull();
        return (account.Open, account.Credit);
    }
}
