using System.Text;
using Association.Billing.Accounts;
using Association.Billing.Accounts.Opening;
using Association.Billing.Accounts.Statement;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Accounts;

/// <summary>What was taken over from the spreadsheet is given up by resolution like what was invoiced here.</summary>
public sealed class OpeningReliefTests : IAsyncLifetime
{
    private const string Open = "EB-00001";
    private const string Credit = "EB-00002";
    private BillingOffice _office = null!;
    private MemberCard _member = null!;
    private Guid _import;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember(c => c with { Name = "Waldkrankenhaus Lebach gGmbH" });
        var other = _office.Membership.AddMember(c => c with { Name = "Hürter, Katrin" });
        await _office.DeliverAsync(new MembersChanged([_member.Id, other.Id]));
        var list = Encoding.UTF8.GetBytes(
            $"Mitgliedsnummer;Name;Offener Betrag;Guthaben;Beitragsjahr;Fällig am;Beleg\n{_member.Number};Waldkrankenhaus Lebach;500;;2025;15.02.2025;2025-114\n{other.Number};Katrin Hürter;;80;2025;;"
        );
        _import = (await _office.InvokeAsync<TakenOpening>(new TakeOverOpening(new OpeningList("salden.csv", list, new Money(420))))).Import;
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task an_open_amount_is_reduced_by_two_people_then_written_off_and_late_money_is_income_and_a_line_of_the_account()
    {
        await RequestAsync(Open, ReliefKind.Waiver, 120);
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new ApproveRelief(Open)))).Message.ShouldContain("eine andere Person");
        (await Should.ThrowAsync<ProblemsException>(RequestAsync(Open, ReliefKind.WriteOff, 10))).Message.ShouldContain("wartet schon ein Beschluss");
        await ApproveAsync(Open);
        (await LeftAsync(Open)).ShouldBe(380);
        await RequestAsync(Open, ReliefKind.WriteOff);
        await ApproveAsync(Open);
        (await LeftAsync(Open)).ShouldBe(0);
        (await BalanceAsync("waived"), await BalanceAsync("written_off")).ShouldBe((120, 380));

        (await PayAsync(100)).ShouldBe(new RecordedPayment(Money.Zero, Money.Zero, new Money(100)));
        (await PayAsync(300)).ShouldBe(new RecordedPayment(Money.Zero, new Money(20), new Money(280)));

        var statement = (await _office.As().Bus.QueryAsync(new GetStatement(_member.Number))).ShouldNotBeNull();
        statement
            .Lines.Select(l => (l.Kind, l.Debit.Amount, l.Credit.Amount, l.Late.Amount, l.Balance.Amount))
            .ShouldBe([
                (PostingKind.Opening, 500, 0, 0, 500),
                (PostingKind.Waiver, 0, 120, 0, 380),
                (PostingKind.WriteOff, 0, 380, 0, 0),
                (PostingKind.Payment, 100, 100, 100, 0),
                (PostingKind.Payment, 280, 300, 280, -20),
            ]);
        (await _office.As().Bus.QueryAsync(new GetAccount(_member.Id)))!.Movements.Select(m => m.Late.Amount).ShouldBe([280, 100, 0, 0, 0]);
        (await BalanceAsync("recovered")).ShouldBe(-380);
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new ReverseRelief(Open, "Doch bezahlt")))).Message.ShouldContain(
            "lässt sich nicht mehr zurücknehmen"
        );
        await _office.ShouldVerifyAsync();
    }

    [SkippableFact]
    public async Task the_printed_statement_says_what_of_a_payment_came_late()
    {
        await RequestAsync(Open, ReliefKind.WriteOff);
        await ApproveAsync(Open);
        await PayAsync(100);
        var statement = (await _office.As().Bus.QueryAsync(new GetStatement(_member.Number))).ShouldNotBeNull();
        var letter = StatementLetter.Write(statement, BillingOffice.Profile, BillingOffice.Today, DateTimeOffset.UnixEpoch.AddYears(50));
        (await PdfText.OfAsync(Letter.Render(letter), "statement-late")).ShouldSatisfyAllConditions(
            t => t.ShouldContain("davon 100,00 €"),
            t => t.ShouldContain("auf einen ausgebuchten Betrag")
        );
    }

    [Fact]
    public async Task a_credit_is_given_up_as_far_as_it_is_still_there_and_comes_back_when_that_is_taken_back()
    {
        await RequestAsync(Credit, ReliefKind.WriteOff, 30);
        await ApproveAsync(Credit);
        (await CreditAsync(), await LeftAsync(Credit), await BalanceAsync("released_credit")).ShouldBe((50, 50, -30));
        (await Should.ThrowAsync<ProblemsException>(RequestAsync(Credit, ReliefKind.Waiver, 50.01m))).Problems.ShouldHaveSingleItem().Field.ShouldBe("Amount");
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new UndoOpening(_import)))).Message.ShouldContain(Credit);

        await RequestAsync(Credit, ReliefKind.Waiver);
        await _office.RefundAsync(await NumberAsync(Credit), new Money(10));
        (await Should.ThrowAsync<ProblemsException>(_office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Credit)))).Message.ShouldContain(
            "beschlossen sind"
        );
        await _office.As(Roles.Board).Bus.InvokeAsync(new WithdrawRelief(Credit, "Wird doch ausgezahlt"));

        await _office.As().Bus.InvokeAsync(new ReverseRelief(Credit, "Konto gefunden"));
        (await CreditAsync(), await LeftAsync(Credit), await BalanceAsync("released_credit")).ShouldBe((70, 70, 0));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task people_at_once_reduce_once_and_a_list_that_is_undone_leaves_nothing_to_agree_to()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    try
                    {
                        await _office.As(i % 2 == 0 ? "office" : "office2").Bus.InvokeAsync<ReliefState>(Decided(Open, ReliefKind.Waiver, 120));
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );
        outcomes.Count(done => done).ShouldBe(1);

        await _office.As().Bus.InvokeAsync(new UndoOpening(_import));
        (await _office.As().Bus.QueryAsync(new ListRequestedReliefs())).ShouldBeEmpty();
        (await Should.ThrowAsync<ProblemsException>(_office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Open)))).Message.ShouldContain(
            "Das wartet nicht mehr auf Zustimmung."
        );
        (await Should.ThrowAsync<ProblemsException>(RequestAsync(Open, ReliefKind.Waiver))).Message.ShouldContain("gibt es nicht");
        (await _office.ReadAsync<long>("select count(*) from billing.posting where kind = 'waiver'")).ShouldBe(0);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_database_takes_a_resolution_on_exactly_one_thing() =>
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync(
                    """
                    insert into billing.claim_relief (id, kind, amount, resolved_by, resolved_on, resolution, state, requested_by, requested_by_name,
                      requested_at, needs_second)
                    values (gen_random_uuid(), 'waiver', 1, 'Vorstand', '2026-11-20', 'TOP 3', 'requested', gen_random_uuid(), 'x', now(), true)
                    """
                )
            )
        ).ConstraintName.ShouldBe("claim_relief_item");

    private static RequestRelief Decided(string number, ReliefKind kind, decimal? amount) =>
        new(number, kind, "Vorstand", new DateOnly(2026, 11, 20), "Protokoll vom 20.11.2026, TOP 3", amount is { } part ? new Money(part) : null);

    private async Task RequestAsync(string number, ReliefKind kind, decimal? amount = null) =>
        (await _office.As().Bus.InvokeAsync<ReliefState>(Decided(number, kind, amount))).ShouldBe(ReliefState.Requested);

    private Task ApproveAsync(string number) => _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(number));

    // Its number in the journal is another test's.
    private async Task<RecordedPayment> PayAsync(decimal amount) =>
        (await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Open, new Money(amount), BillingOffice.Today, CreditUpTo: new Money(amount)))) with
        {
            Entry = 0,
        };

    private async Task<decimal> LeftAsync(string number) => (await _office.As().Bus.QueryAsync(new ReadReliefSubject(number))).ShouldNotBeNull().Left.Amount;

    private async Task<string> NumberAsync(string number) => (await _office.As().Bus.QueryAsync(new ReadReliefSubject(number))).ShouldNotBeNull().MemberNumber;

    private Task<decimal> CreditAsync() => _office.ReadAsync<decimal>("select coalesce(sum(balance), 0) from billing.credit_balance");

    private Task<decimal> BalanceAsync(string account) =>
        _office.ReadAsync<decimal>("select coalesce(sum(debit - credit), 0) from billing.posting_line where ledger_account = @account", new { account });
}
