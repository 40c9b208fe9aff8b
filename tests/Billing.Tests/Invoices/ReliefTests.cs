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
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class ReliefTests : IAsyncLifetime
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
    public async Task the_open_remainder_is_waived_after_a_second_person_agreed_and_the_charge_stays_live()
    {
        await PayAsync(50);
        await RequestAsync(ReliefKind.Waiver);
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(new Money(70));
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new ApproveRelief(Number)))).Message.ShouldContain("eine andere Person");

        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number));
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number));

        var waived = await _office.InvoiceAsync(Number);
        (waived.Open, waived.State, waived.Forgiven.Waived).ShouldBe((Money.Zero, InvoiceState.Waived, new Money(70)));
        (await BalanceAsync("waived")).ShouldBe(70);
        _office.Membership.Voided.ShouldBeEmpty();
        (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(State: InvoiceState.Waived)))).Rows.ShouldHaveSingleItem();
        (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(State: InvoiceState.Paid)))).Rows.ShouldBeEmpty();
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new CancelInvoice(Number, "Irrtum")))).Message.ShouldContain(
            "erlassen oder ausgebucht"
        );
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task late_money_on_a_claim_written_off_is_income_and_only_what_exceeds_it_is_credit()
    {
        await RequestAsync(ReliefKind.WriteOff);
        await _office.As("office2").Bus.InvokeAsync(new ApproveRelief(Number));

        (await PayAsync(100)).ShouldBe(new RecordedPayment(Money.Zero, Money.Zero, new Money(100)));
        (await PayAsync(50)).ShouldBe(new RecordedPayment(Money.Zero, new Money(30), new Money(20)));

        (await BalanceAsync("recovered")).ShouldBe(-120);
        (await _office.As().Bus.QueryAsync(new GetStatement(_member.Number)))!
            .Lines.Select(l => (l.Debit.Amount, l.Credit.Amount, l.Late.Amount, l.Balance.Amount))
            .ShouldBe([(120, 0, 0, 120), (0, 120, 0, 0), (100, 100, 100, 0), (20, 50, 20, -30)]);
        (await _office.InvoiceAsync(Number)).State.ShouldBe(InvoiceState.WrittenOff);
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new ReverseRelief(Number, "Doch bezahlt")))).Message.ShouldContain(
            "lässt sich nicht mehr zurücknehmen"
        );
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_write_off_is_undone_by_a_posting_of_its_own_once_and_the_claim_is_open_again()
    {
        await RequestAsync(ReliefKind.WriteOff);
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number));
        await _office.As().Bus.InvokeAsync(new ReverseRelief(Number, "Adresse gefunden"));

        (await _office.InvoiceAsync(Number)).Open.ShouldBe(new Money(120));
        (await BalanceAsync("written_off")).ShouldBe(0);
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new ReverseRelief(Number, "Noch einmal")))).Message.ShouldContain(
            "nichts erlassen"
        );
        await RequestAsync(ReliefKind.Waiver);
        (await _office.As().Bus.QueryAsync(new ReadReliefs(Number))).Select(r => r.State).ShouldBe([ReliefState.Requested, ReliefState.Reversed]);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_part_is_waived_and_the_rest_stays_open_until_it_is_waived_too_and_the_newest_is_taken_back_first()
    {
        await _office.As().Bus.InvokeAsync<ReliefState>(Decided(ReliefKind.Waiver) with { Amount = new Money(50) });
        await PayAsync(20);
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number)); // 50 of 100 are still there
        var reduced = await _office.InvoiceAsync(Number);
        (reduced.Open, reduced.State, reduced.Forgiven.Waived).ShouldBe((new Money(50), InvoiceState.Open, new Money(50)));
        (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(State: InvoiceState.Waived)))).Rows.ShouldBeEmpty();

        await RequestAsync(ReliefKind.WriteOff);
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number));
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(Money.Zero);
        await _office.As().Bus.InvokeAsync(new ReverseRelief(Number, "Adresse gefunden"));
        (await BalanceAsync("written_off"), await BalanceAsync("waived")).ShouldBe((0, 50));
        await _office.As().Bus.InvokeAsync(new ReverseRelief(Number, "Auch das nicht"));
        (await _office.InvoiceAsync(Number)).Open.ShouldBe(new Money(100));
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(Decided(ReliefKind.Waiver) with { Amount = new Money(100.01m) })))
            .Problems.ShouldHaveSingleItem()
            .Field.ShouldBe("Amount");
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task people_at_once_request_once_and_post_once_and_a_payment_meanwhile_is_noticed()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    try
                    {
                        await _office.As(i % 2 == 0 ? "office" : "office2").Bus.InvokeAsync<ReliefState>(Decided(ReliefKind.Waiver));
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );
        outcomes.Count(done => done).ShouldBe(1);

        await PayAsync(20);
        (await Should.ThrowAsync<ProblemsException>(_office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number)))).Message.ShouldContain(
            "beschlossen sind"
        );
        await _office.As(Roles.Board).Bus.InvokeAsync(new WithdrawRelief(Number, "Inzwischen gezahlt"));
        var office = _office.As();
        var rows = await office.Services.GetServices<ITodayTask>().OfType<ReliefTasks>().Single().FindAsync(office.Actor, CancellationToken.None);
        rows.ShouldHaveSingleItem().Text.ShouldBe($"Abgelehnt: Erlass von 120,00\u00a0€ auf {Number}");
        (await office.Bus.QueryAsync(new ReadReliefs(Number)))[0].StateName.ShouldBe("Refused");
        await RequestAsync(ReliefKind.Waiver);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number))));
        (await _office.ReadAsync<long>("select count(*) from billing.posting where kind = 'waiver'")).ShouldBe(1);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_resolution_that_waits_when_the_invoice_is_cancelled_asks_nobody_any_more()
    {
        await RequestAsync(ReliefKind.Waiver);
        await _office.CancelAsync(Number, "Falsche Kategorie");
        (await _office.As().Bus.QueryAsync(new ListRequestedReliefs())).ShouldBeEmpty();
        (await Should.ThrowAsync<ProblemsException>(_office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Number)))).Message.ShouldContain(
            "beschlossen sind"
        );
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task bad_input_ends_in_a_sentence_and_the_database_keeps_the_second_signature()
    {
        var office = _office.As();
        (
            await Should.ThrowAsync<ProblemsException>(
                office.Bus.InvokeAsync(new RequestRelief("BR-2026-09999", ReliefKind.Waiver, "", BillingOffice.Today.AddDays(1), "x"))
            )
        )
            .Problems.Select(p => p.Field)
            .ShouldBe(["", "ResolvedBy", "ResolvedOn", "Resolution"]);
        await PayAsync(120);
        (await Should.ThrowAsync<ProblemsException>(RequestAsync(ReliefKind.Waiver))).Message.ShouldBe("Auf BR-2026-00001 ist nichts offen.");
        await _office.IssueAsync(PlannedMembership.Charge(_member, 60, year: 2028));
        await _office.As().Bus.InvokeAsync<ReliefState>(Decided(ReliefKind.WriteOff) with { Number = "BR-2026-00002" });
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync("update billing.claim_relief set approved_by = requested_by, approved_by_name = 'x', approved_at = now()")
            )
        ).ConstraintName.ShouldBe("claim_relief_four_eyes");
    }

    private static RequestRelief Decided(ReliefKind kind) => new(Number, kind, "Vorstand", new DateOnly(2026, 11, 20), "Protokoll vom 20.11.2026, TOP 3");

    private async Task RequestAsync(ReliefKind kind) => (await _office.As().Bus.InvokeAsync<ReliefState>(Decided(kind))).ShouldBe(ReliefState.Requested);

    // Its number in the journal is another test's.
    private async Task<RecordedPayment> PayAsync(decimal amount) =>
        (await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Number, new Money(amount), BillingOffice.Today, CreditUpTo: new Money(amount)))) with
        {
            Entry = 0,
        };

    private Task<decimal> BalanceAsync(string account) =>
        _office.ReadAsync<decimal>("select coalesce(sum(debit - credit), 0) from billing.posting_line where ledger_account = @account", new { account });
}
