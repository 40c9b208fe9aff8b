using Association.Billing.Accounts.Refunds;
using Association.Billing.Accounts.Statement;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Accounts;

public sealed class StatementTests : IAsyncLifetime
{
    private BillingOffice _office = null!;
    private MemberCard _member = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        await _office.SetRefundLimitAsync(null); // a second person is RefundTests' matter
        _member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(_member, 120));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task every_balance_of_a_statement_is_the_ledgers_on_that_day()
    {
        await PayAsync("BR-2026-00001", 150);
        _office.Office.Clock.SetToday(new DateOnly(2027, 1, 11));
        await _office.IssueAsync(PlannedMembership.Charge(_member, 100, year: 2028));
        await _office.InvokeAsync<SetOff>(new SetOffCredit("BR-2027-00001"));
        _office.Office.Clock.SetToday(new DateOnly(2027, 2, 1));
        await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00001", "Falsche Kategorie"));

        var whole = await StatementAsync();
        whole.Before.ShouldBe(Money.Zero);
        whole.Lines.Select(l => l.Balance.Amount).ShouldBe([120, -30, 70, 70, -50]);
        foreach (var day in new[] { new DateOnly(2026, 11, 21), new DateOnly(2027, 1, 11), new DateOnly(2027, 2, 1) })
            (await StatementAsync(to: day)).After.ShouldBe(await LedgerOnAsync(day));

        var second = await StatementAsync(new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 31));
        second.Before.ShouldBe(new Money(-30));
        second.Lines.Select(l => (l.Kind, l.Number)).ShouldBe([(PostingKind.Invoice, "BR-2027-00001"), (PostingKind.SetOff, "BR-2027-00001")]);
        second.After.ShouldBe(new Money(70));
        second.Documents.ShouldBe(["BR-2027-00001"]);
        whole.Credit.ShouldBe(new Money(120));
        whole.OpenSum.ShouldBe(new Money(70));
    }

    [Fact]
    public async Task a_payment_of_last_year_booked_this_year_stands_in_this_year_with_its_own_day()
    {
        _office.Office.Clock.SetToday(new DateOnly(2027, 1, 4));
        await _office.InvokeAsync<RecordedPayment>(new RecordPayment("BR-2026-00001", new Money(120), new DateOnly(2026, 12, 28)));

        (await StatementAsync(to: new DateOnly(2026, 12, 31))).After.ShouldBe(new Money(120));
        var line = (await StatementAsync(new DateOnly(2027, 1, 1))).Lines.ShouldHaveSingleItem();
        line.DatedOn.ShouldBe(new DateOnly(2026, 12, 28));
        line.Balance.ShouldBe(Money.Zero);
    }

    [SkippableFact]
    public async Task the_letter_says_what_was_charged_paid_and_is_open_in_the_members_language()
    {
        await PayAsync("BR-2026-00001", 50, "Zahlt in Raten, siehe Telefonat");
        var text = await LetterAsync(await StatementAsync(new DateOnly(2026, 1, 1)), "statement-de");
        foreach (
            var expected in new[]
            {
                "Kontoauszug",
                _member.Number,
                _member.Name,
                "66822 Lebach",
                "Saldovortrag",
                "Beitragsrechnung BR-2026-00001",
                "Zahlung BR-2026-00001",
                "120,00 €",
                "50,00 €",
                "Saldo am 21.11.2026",
                "70,00 €",
                "Noch zu zahlen",
                "15.02.2027",
                "DE02 1203 0000 0000 2020 51",
                $"BR-2026-00001 {_member.Number}",
            }
        )
            text.ShouldContain(expected);
        text.ShouldNotContain("Telefonat", customMessage: "a note of the office is not for the member");
        text.ShouldNotContain("Gutschrift");

        _office.Membership.Put(_member with { Language = "fr" });
        await _office.DeliverAsync(new MembersChanged([_member.Id]));
        (await LetterAsync(await StatementAsync(), "statement-fr")).ShouldContain("Relevé de compte");
        var past = await LetterAsync(await StatementAsync(to: new DateOnly(2026, 11, 20)), "statement-past");
        past.ShouldNotContain("70,00", customMessage: "a past period asks for no money");
    }

    [Fact]
    public async Task a_statement_of_nobody_is_none() => (await _office.As().Bus.QueryAsync(new GetStatement("nobody"))).ShouldBeNull();

    [Fact]
    public async Task a_credit_is_paid_back_once_however_often_and_at_once_it_is_tried()
    {
        await PayAsync("BR-2026-00001", 150);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    try
                    {
                        await RefundAsync(30);
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );

        tries.Count(done => done).ShouldBe(1);
        (await StatementAsync()).After.ShouldBe(Money.Zero);
        (await _office.As().Bus.QueryAsync(new ListCredits())).ShouldBeEmpty();
        (await _office.ReadAsync<decimal>("select sum(debit - credit) from billing.posting_line where ledger_account = 'bank'")).ShouldBe(120);
        await _office.ShouldVerifyAsync();
    }

    [Theory]
    [InlineData(30.01, 0, "Amount")]
    [InlineData(0, 0, "Amount")]
    [InlineData(10, 1, "PaidOn")]
    public async Task a_refund_that_cannot_be_is_refused_at_its_field(decimal amount, int daysAhead, string field)
    {
        await PayAsync("BR-2026-00001", 150);
        (await Should.ThrowAsync<ProblemsException>(RefundAsync(amount, daysAhead))).Problems.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    private Task<RefundedCredit> RefundAsync(decimal amount, int daysAhead = 0) =>
        _office.InvokeAsync<RefundedCredit>(new RefundCredit(_member.Number, new Money(amount), BillingOffice.Today.AddDays(daysAhead)));

    private Task<RecordedPayment> PayAsync(string number, decimal amount, string note = "") =>
        _office.InvokeAsync<RecordedPayment>(new RecordPayment(number, new Money(amount), BillingOffice.Today, note, CreditUpTo: new Money(amount)));

    private async Task<AccountStatement> StatementAsync(DateOnly? from = null, DateOnly? to = null) =>
        (await _office.As().Bus.QueryAsync(new GetStatement(_member.Number, from, to))).ShouldNotBeNull();

    private async Task<Money> LedgerOnAsync(DateOnly day) =>
        new(
            await _office.ReadAsync<decimal>(
                "select coalesce(sum(l.debit - l.credit), 0) from billing.posting_line l join billing.posting p on p.id = l.posting_id where l.account_id is not null and p.booked_on <= @day",
                new { day }
            )
        );

    private static Task<string> LetterAsync(AccountStatement statement, string name) =>
        PdfText.OfAsync(Letter.Render(StatementLetter.Write(statement, BillingOffice.Profile, BillingOffice.Today, DateTimeOffset.UnixEpoch)), name);
}
