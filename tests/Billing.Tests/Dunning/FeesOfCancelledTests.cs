using Association.Billing.Accounts.Statement;
using Association.Billing.Dunning.Letters;
using Association.Billing.Dunning.Runs;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger.Payments;
using Association.Billing.Printing.Batches;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Dunning;

/// <summary>A reminder of an invoice that turned out wrong cost its fee for nothing.</summary>
public sealed class FeesOfCancelledTests : DunnedOffice
{
    private const string First = "BR-2026-00001";

    [Fact]
    public async Task the_fees_of_reminders_of_an_invoice_go_with_it()
    {
        await SetRulesAsync();
        var member = Member("anna");
        await BillAsync(120, member);
        await RemindThreeTimesAsync();

        var cancelled = await CancelAsync(First);

        cancelled.Fees.ShouldBe(new Money(15));
        cancelled.Credit.ShouldBe(Money.Zero);
        (await OwnAsync("fee_income")).ShouldBe(0);
        (await Office.As().Bus.QueryAsync(new GetStatement(member.Number))).ShouldNotBeNull().Open.ShouldBeEmpty();
        (await ListAsync<string>("select kind from billing.posting where kind = 'fee_reversal'")).Count.ShouldBe(2);
        (await Office.As().Bus.QueryAsync(new ReadFeesOfInvoice(First))).ShouldBeEmpty();
        (await Should.ThrowAsync<ProblemsException>(PayAsync("MG-00001", 5))).Message.ShouldContain("MG-00001");
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task what_was_paid_on_a_fee_becomes_credit_and_its_payment_can_still_be_taken_back()
    {
        await SetRulesAsync();
        await BillAsync(120, Member("anna"));
        await RemindThreeTimesAsync();
        var both = await Office.InvokeAsync<RecordedPayment>(new RecordPayment(First, new Money(123), new DateOnly(2027, 4, 12)));
        both.Fees.ShouldBe(new Money(3));
        var fee = await Office.InvokeAsync<RecordedPayment>(new RecordPayment("MG-00002", new Money(10), new DateOnly(2027, 4, 12)));

        (await CancelAsync(First)).ShouldBe(new CancelledInvoice("ST-2027-00001", new Money(133), new Money(15)));
        (await CreditAsync()).ShouldBe(133);
        await Office.ShouldVerifyAsync();

        await Office.InvokeAsync<ReversedPayment>(new ReversePayment(fee.Entry, "Falsches Mitglied"));
        (await CreditAsync()).ShouldBe(123);
        await Office.InvokeAsync<ReversedPayment>(new ReversePayment(both.Entry, "Falsches Mitglied"));
        (await CreditAsync()).ShouldBe(0);
        (await ListAsync<string>("select number from billing.open_receivable")).ShouldBeEmpty("nothing of it is owed again");
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_letter_that_asked_for_something_else_too_keeps_its_fee_until_that_is_cancelled_as_well()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        var member = Member("anna");
        await BillAsync(120, member);
        await BillAsync(30, member);
        Day(3, 1);
        await RemindAsync();
        (await Office.As().Bus.QueryAsync(new ReadFeesOfInvoice(First))).ShouldHaveSingleItem().AskedForMore.ShouldBeTrue();

        (await CancelAsync(First)).Fees.ShouldBe(Money.Zero);
        (await OwnAsync("fee_income")).ShouldBe(-4);
        (await CancelAsync("BR-2026-00002")).Fees.ShouldBe(new Money(4));
        (await OwnAsync("fee_income")).ShouldBe(0);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_limit_for_a_second_person_counts_the_fees_and_nothing_changes_until_that_person_agrees()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        await Office.SetLimitsAsync(l => l with { CancellationFrom = new Money(123) });
        await BillAsync(120, Member("anna"));
        Day(3, 1);
        await RemindAsync();

        (await CancelAsync(First)).ShouldBe(new CancelledInvoice(null, Money.Zero));
        (await OwnAsync("fee_income")).ShouldBe(-4);
        var board = Office.As(Roles.Board);
        await board.Bus.InvokeAsync(new ApproveCancellation(First));
        (await board.DrainAsync()).Ok.ShouldBeTrue();
        (await OwnAsync("fee_income")).ShouldBe(0);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_fee_that_was_waived_stays_as_it_was_resolved()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        await Office.SetLimitsAsync(l => l with { WaiverFrom = null });
        await BillAsync(120, Member("anna"));
        Day(3, 1);
        await RemindAsync();
        await Office.InvokeAsync<ReliefState>(new RequestRelief("MG-00001", ReliefKind.Waiver, "Vorstand", new DateOnly(2027, 3, 1), "Kulanz"));

        (await CancelAsync(First)).Fees.ShouldBe(Money.Zero);
        (await OwnAsync("waived")).ShouldBe(4);
        (await ListAsync<string>("select number from billing.open_receivable")).ShouldBeEmpty();
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_correction_cancels_them_too_and_delivered_again_changes_nothing()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        var member = Member("anna");
        var wrong = PlannedMembership.Charge(member, 120);
        await Office.IssueAsync(wrong);
        Day(3, 1);
        await RemindAsync();
        var corrected = Office.Membership.Correct(wrong, PlannedMembership.Charge(member, 90));

        await Office.DeliverAsync(corrected);
        await Office.DeliverAsync(corrected);

        (await OwnAsync("fee_income")).ShouldBe(0);
        (await ListAsync<decimal>("select open from billing.open_receivable")).ShouldBe([90m]);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_letter_that_has_not_left_is_taken_back_afterwards_without_its_fee_a_second_time()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        await BillAsync(120, Member(null));
        Day(3, 1);
        var submitted = await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders());
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(submitted.Number));
        await InvokeAsync(new SendReminders(submitted.Number));
        await CancelAsync(First);

        await InvokeAsync(new MarkPrintBatch(1, PrintStep.Dissolved));
        await InvokeAsync(new TakeReminderBack("MA-1"));

        (await OwnAsync("fee_income")).ShouldBe(0);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_payment_of_the_fee_at_the_same_moment_is_credit_or_refused()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        var members = Enumerable.Range(0, 6).Select(n => Member($"m{n}")).ToArray();
        await BillAsync(120, members);
        Day(3, 1);
        await RemindAsync();
        var fees = await ListAsync<(string Invoice, string Fee)>(
            """
            select i.number, f.number from billing.reminder_item x join billing.reminder r on r.letter_id = x.letter_id
              join billing.invoice i on i.id = x.invoice_id join billing.item f on f.id = r.fee_item_id order by i.number
            """
        );
        var paid = 0;

        await Task.WhenAll(
            fees.SelectMany(f =>
                new[]
                {
                    CancelAsync(f.Invoice),
                    Task.Run(async () =>
                    {
                        try
                        {
                            await PayAsync(f.Fee, 4);
                            Interlocked.Increment(ref paid);
                        }
                        catch (ProblemsException)
                        {
                            // The cancellation came first: there is no such fee any more.
                        }
                    }),
                }
            )
        );

        (await OwnAsync("fee_income")).ShouldBe(0);
        (await CreditAsync()).ShouldBe(paid * 4);
        (await ListAsync<string>("select number from billing.open_receivable")).ShouldBeEmpty();
        await Office.ShouldVerifyAsync();
    }

    private async Task RemindThreeTimesAsync()
    {
        Day(3, 1);
        await RemindAsync();
        Day(3, 22);
        await RemindAsync();
        Day(4, 12);
        await RemindAsync();
    }

    private Task<CancelledInvoice> CancelAsync(string number) => Office.InvokeAsync<CancelledInvoice>(new CancelInvoice(number, "Falsche Kategorie"));

    private async Task<decimal> OwnAsync(string account) =>
        await Office.ReadAsync<decimal>($"select coalesce(sum(debit - credit), 0) from billing.posting_line where ledger_account = '{account}'");

    private async Task<decimal> CreditAsync() => await Office.ReadAsync<decimal>("select coalesce(sum(balance), 0) from billing.credit_balance");
}
