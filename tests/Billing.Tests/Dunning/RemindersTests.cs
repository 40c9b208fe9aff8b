using Association.Billing.Accounts.Statement;
using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Letters;
using Association.Billing.Dunning.Runs;
using Association.Billing.Dunning.Stops;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Ledger.Payments;
using Association.Billing.Receivables;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Dunning;

public sealed class RemindersTests : DunnedOffice
{
    [Fact]
    public async Task each_level_is_due_so_many_days_after_the_letter_before_it_actually_left_and_its_fee_is_posted_with_it()
    {
        await SetRulesAsync();
        var (mailed, paper) = (Member("anna"), Member(null));
        await BillAsync(120, mailed, paper);
        Day(2, 28);
        (await PreviewAsync()).Letters.ShouldBeEmpty("thirteen days after the due day");
        Day(3, 1);

        var first = await RemindAsync();

        first.Run.State.ShouldBe(DunningRunState.Sent);
        first.Summary.Letters.ShouldBe(2);
        first.Summary.Fees.ShouldBe(Money.Zero, "the reminder costs nothing");
        Server.Mails.Select(Read).Select(m => m.Subject).ShouldBe(["Gesundheitsregion Bliesland e. V.: Zahlungserinnerung MA-1"]);
        (await PreviewAsync()).Letters.ShouldBeEmpty("each item once at each level");
        Day(3, 21);
        (await PreviewAsync()).Letters.ShouldBeEmpty("twenty days after it left");
        Day(3, 22);
        (await PreviewAsync()).Letters.Select(l => (l.Level, l.Fee.Amount)).ShouldBe([(DunningLevel.First, 5m), (DunningLevel.First, 5m)]);

        await RemindAsync();
        Day(4, 12);
        await RemindAsync();

        Day(5, 30);
        (await PreviewAsync()).Letters.ShouldBeEmpty("after the second demand the board decides");
        (await ReachedAsync()).ShouldBe([("BR-2026-00001", DunningLevel.Second), ("BR-2026-00002", DunningLevel.Second)]);
        var open = (await Office.As().Bus.QueryAsync(new GetStatement(mailed.Number))).ShouldNotBeNull().Open;
        open.Select(o => (o.Number, o.Open.Amount, o.IsFee)).ShouldBe([("BR-2026-00001", 120m, false), ("MG-00001", 5m, true), ("MG-00003", 10m, true)]);
        (await TasksAsync(Roles.Board)).ShouldBe(["2 Fälle dem Vorstand vorlegen"]);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_letter_that_still_lies_in_the_house_begins_no_period()
    {
        await SetRulesAsync();
        var (paper, refused) = (Member(null), Member("gone"));
        await BillAsync(120, paper, refused);
        Server.Answer = line => line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) ? "550 5.1.1 No such user" : null;
        Day(3, 1);
        var submitted = await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders());
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(submitted.Number));
        await InvokeAsync(new SendReminders(submitted.Number));

        Day(4, 1);

        (await PreviewAsync())
            .LeftOut.Select(i => i.LeftOut)
            .ShouldBe([LeftOut.NotSentYet, LeftOut.NotSentYet], "one is printed and not posted, one was refused");
        await SendAsync();
        await PostPaperAsync();
        (await PreviewAsync()).Letters.ShouldBeEmpty();
        Day(4, 22);
        (await PreviewAsync()).Letters.Select(l => l.Level).ShouldBe([DunningLevel.First, DunningLevel.First], "21 days after it was posted");
    }

    [Fact]
    public async Task what_was_paid_stopped_or_asked_for_since_the_preview_drops_out_in_the_last_moment_and_a_part_is_asked_for()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(2.50m) });
        var members = Enumerable.Range(0, 5).Select(n => Member($"m{n}")).ToArray();
        await BillAsync(120, members);
        Day(3, 1);
        var submitted = await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders());
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(submitted.Number));

        await PayAsync("BR-2026-00001", 120);
        await PayAsync("BR-2026-00002", 50);
        await InvokeAsync(new StopReminders(members[2].Number, null, StopReason.Dispute, "", null));
        await Office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00004", "Doppelt berechnet"));
        await InvokeAsync(new SendReminders(submitted.Number));

        var run = await RunAsync(submitted.Number);
        run.Items.Select(i => (i.Number, i.LeftOut, i.Letter))
            .ShouldBe(
                [
                    ("BR-2026-00001", LeftOut.NoLongerDue, null),
                    ("BR-2026-00002", null, "MA-1"),
                    ("BR-2026-00003", LeftOut.Stopped, null),
                    ("BR-2026-00004", LeftOut.NoLongerDue, null),
                    ("BR-2026-00005", null, "MA-2"),
                ],
                ignoreOrder: true
            );
        run.Summary.Fees.ShouldBe(new Money(5));
        Server.Mails.Count.ShouldBe(2);
        (await Office.ReadAsync<decimal>("select open from billing.reminder r join billing.letter l on l.id = r.letter_id where l.number = 'MA-1'")).ShouldBe(
            72.50m
        );
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task who_is_left_out_is_named_with_the_reason()
    {
        await SetRulesAsync(settlement: new SettlementRules(SmallDifference: new Money(1)));
        var collected = Office.Membership.AddMember(c =>
            c with
            {
                Iban = "DE02120300000000202051",
                MandateReference = "M-1",
                MandateSignedOn = new DateOnly(2026, 1, 1),
                Route = PaymentRoute.DirectDebit,
            }
        );
        var stopped = Member("stopped");
        var credited = Member("credited");
        var small = Member("small");
        var asked = Member("asked");
        var unreachable = Member(null, noPost: true);
        await BillAsync(120, collected, stopped, credited, small, asked, unreachable);
        await BillAsync(10, credited);
        await PayAsync("BR-2026-00007", 200, credit: 190);
        await PayAsync("BR-2026-00004", 119.50m);
        await Office.SetLimitsAsync(l => l with { CancellationFrom = Money.Zero });
        await Office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00005", "Falsche Kategorie"));
        await InvokeAsync(new StopReminders(stopped.Number, "BR-2026-00002", StopReason.Promise, "", new DateOnly(2027, 3, 10)));
        Day(3, 10);

        var preview = await PreviewAsync();

        preview.Letters.ShouldBeEmpty();
        preview
            .LeftOut.Select(i => (i.Number, i.LeftOut))
            .ShouldBe(
                [
                    ("BR-2026-00001", LeftOut.DirectDebit),
                    ("BR-2026-00002", LeftOut.Stopped),
                    ("BR-2026-00003", LeftOut.Credit),
                    ("BR-2026-00004", LeftOut.Small),
                    ("BR-2026-00005", LeftOut.Asked),
                    ("BR-2026-00006", LeftOut.Unreachable),
                ],
                ignoreOrder: true
            );
        Day(3, 11);
        (await PreviewAsync()).Letters.Select(l => l.Member).ShouldBe([stopped.Number], "the promise was for the 10th");
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new StopReminders(stopped.Number, null, StopReason.Deferral, "", new DateOnly(2027, 3, 10))));
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new StopReminders(stopped.Number, "BR-2026-00001", StopReason.Dispute, "", null)));
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new StopReminders(stopped.Number, null, StopReason.Other, " ", null)));
    }

    [Fact]
    public async Task an_invoice_that_is_issued_late_is_not_reminded_of_on_its_day_of_issue()
    {
        await SetRulesAsync();
        var member = Member("late");
        Day(6, 1);
        await Office.IssueAsync(PlannedMembership.Charge(member, 120, new DateOnly(2027, 2, 15)));

        (await PreviewAsync()).ShouldSatisfyAllConditions(p => p.Letters.ShouldBeEmpty(), p => p.LeftOut.ShouldBeEmpty());
        Day(7, 14);
        (await PreviewAsync()).Letters.ShouldBeEmpty("due thirty days after its issue");
        Day(7, 15);
        (await PreviewAsync()).Letters.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task one_letter_asks_for_all_that_is_due_in_the_tone_of_the_highest_level_and_costs_one_fee()
    {
        await SetRulesAsync();
        var member = Member("anna", "fr");
        await BillAsync(120, member);
        Day(3, 1);
        await RemindAsync();
        Day(3, 5);
        await Office.IssueAsync(PlannedMembership.Charge(member, 30, new DateOnly(2027, 2, 15)));
        Day(4, 20);
        var preview = (await PreviewAsync()).Letters.ShouldHaveSingleItem();
        preview.Items.Select(i => i.Level).ShouldBe([DunningLevel.First, DunningLevel.Reminder]);

        await RemindAsync();

        (await ReachedAsync()).ShouldBe([("BR-2026-00001", DunningLevel.First), ("BR-2027-00001", DunningLevel.Reminder)]);
        var text = await PdfText.OfAsync(
            (await Office.As().Bus.QueryAsync(new Association.Billing.Deliveries.Letters.ReadLetterDocument("MA-2"))).ShouldNotBeNull().ToArray(),
            "reminder"
        );
        text.ShouldContain("1re relance");
        text.ShouldContain("BR-2026-00001");
        text.ShouldContain("BR-2027-00001");
        text.ShouldContain("Frais de MA-2");
        text.ShouldContain("155,00");
        text.ShouldContain("04/05/2027");
    }

    [Fact]
    public async Task a_payment_that_names_an_invoice_pays_the_dues_and_then_its_fees_or_the_other_way_round_as_the_office_decided()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        var (one, two) = (Member("one"), Member("two"));
        await BillAsync(100, one, two);
        Day(3, 1);
        await RemindAsync();

        var paid = await Office.InvokeAsync<RecordedPayment>(new RecordPayment("BR-2026-00001", new Money(102), new DateOnly(2027, 3, 1)));
        paid.ShouldBe(new RecordedPayment(Money.Zero, Money.Zero, Money.Zero, paid.Entry, new Money(2)));
        await SetRulesAsync(settlement: new SettlementRules(SettlementOrder.FeesFirst));
        var second = await Office.InvokeAsync<RecordedPayment>(new RecordPayment("BR-2026-00002", new Money(50), new DateOnly(2027, 3, 1)));
        second.ShouldBe(new RecordedPayment(new Money(54), Money.Zero, Money.Zero, second.Entry, new Money(4)));

        (await Office.As().Bus.QueryAsync(new GetReceivable("MG-00001"))).ShouldNotBeNull().Open.ShouldBe(new Money(2));
        (await Should.ThrowAsync<ProblemsException>(PayAsync("BR-2026-00002", 54.01m))).Message.ShouldContain("54,00");
        await Office.InvokeAsync<ReversedPayment>(new ReversePayment(second.Entry, "Falsches Mitglied"));
        (await Office.As().Bus.QueryAsync(new GetReceivable("BR-2026-00002"))).ShouldNotBeNull().Payable.ShouldBe(new Money(104));
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_reminder_that_has_not_left_is_taken_back_with_its_fee_and_one_that_has_is_not()
    {
        await SetRulesAsync(r => r with { ReminderFee = new Money(4) });
        var (paper, mailed) = (Member(null), Member("anna"));
        await BillAsync(100, paper, mailed);
        Day(3, 1);
        var submitted = await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders());
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(submitted.Number));
        await InvokeAsync(new SendReminders(submitted.Number));
        var letters = (await RunAsync(submitted.Number)).Items.ToDictionary(i => i.Member, i => i.Letter!);

        (await Should.ThrowAsync<ProblemsException>(InvokeAsync(new TakeReminderBack(letters[mailed.Number])))).Message.ShouldContain(letters[mailed.Number]);
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new TakeReminderBack(letters[paper.Number])), "it lies in a print batch");
        await InvokeAsync(new Association.Billing.Printing.Batches.MarkPrintBatch(1, Association.Billing.Printing.Batches.PrintStep.Dissolved));
        await InvokeAsync(new TakeReminderBack(letters[paper.Number]));
        await InvokeAsync(new TakeReminderBack(letters[paper.Number]));

        (await Office.ReadAsync<decimal>("select sum(debit - credit) from billing.posting_line where ledger_account = 'fee_income'")).ShouldBe(-4);
        (await ReachedAsync()).ShouldBe([("BR-2026-00002", DunningLevel.Reminder)]);
        (await WaitingAsync()).Documents.ShouldBe(2, "the two invoices alone");
        (await PreviewAsync()).Letters.ShouldHaveSingleItem().Member.ShouldBe(paper.Number);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_database_refuses_a_second_letter_at_one_level_and_keeps_what_was_sent()
    {
        await SetRulesAsync();
        await BillAsync(100, Member("anna"));
        Day(3, 1);
        await RemindAsync();

        (
            await Should.ThrowAsync<PostgresException>(
                Office.ExecuteAsync(
                    "insert into billing.reminder_item (letter_id, invoice_id, level, open) select letter_id, invoice_id, level, open from billing.reminder_item"
                )
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        foreach (
            var change in new[] { "delete from billing.reminder_item", "update billing.reminder set open = 1", "update billing.reminder_item set level = 2" }
        )
            (await Should.ThrowAsync<PostgresException>(Office.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
        (
            await Should.ThrowAsync<PostgresException>(
                Office.ExecuteAsync(
                    """
                    insert into billing.dunning_stop (id, account_id, reason, note, from_day, until_day, set_at, set_by)
                    select gen_random_uuid(), id, 'dispute', '', '2027-03-02', '2027-03-01', now(), 'x' from billing.account
                    """
                )
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
    }
}
