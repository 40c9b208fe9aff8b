using Association.Billing.Invoices.Browsing;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging.Operation;
using Dapper;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class IssuingTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task every_charge_gets_one_invoice_with_a_number_a_posting_and_a_document()
    {
        var charges = Enumerable.Range(1, 60).Select(i => PlannedMembership.Charge(_office.Membership.AddMember(), 100 + i)).ToList();
        var raised = await _office.PlanAsync(charges);
        await _office.DeliverAsync(raised);

        (await _office.NumbersAsync()).ShouldBe(Enumerable.Range(1, 60).Select(i => $"BR-2026-{i:00000}"));
        (await _office.ReadAsync<decimal>("select sum(amount) from billing.invoice")).ShouldBe(charges.Sum(c => c.Amount.Amount));
        (await _office.ReadAsync<int>("select done from platform.long_work where id = @Work", raised)).ShouldBe(60);
        _office.Membership.Invoiced.ShouldHaveSingleItem();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_chunk_delivered_again_issues_nothing_and_moves_no_progress()
    {
        var raised = await _office.PlanAsync(
            PlannedMembership.Charge(_office.Membership.AddMember(), 120),
            PlannedMembership.Charge(_office.Membership.AddMember(), 60)
        );
        await _office.DeliverAsync(raised);
        await _office.DeliverAsync(raised);

        (await _office.NumbersAsync()).Count.ShouldBe(2);
        (await _office.ReadAsync<int>("select done from platform.long_work where id = @Work", raised)).ShouldBe(2);
        _office.Membership.Invoiced.Count.ShouldBe(2); // told again, so that a lost answer is no lost chunk
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_run_is_not_told_that_it_is_done_before_every_document_has_its_file()
    {
        var charges = Enumerable.Range(1, 60).Select(i => PlannedMembership.Charge(_office.Membership.AddMember(), 100 + i)).ToList();
        var raised = await _office.PlanAsync(charges);
        const string queue = "billing.render-invoices/render-invoices";
        await _office.AsSystem().Bus.InvokeAsync(new PauseQueue(queue)); // as when there is no room for files

        var scope = _office.As();
        await scope.Bus.PublishAsync(raised);
        await scope.DrainAsync();
        (await _office.NumbersAsync()).Count.ShouldBe(60);
        _office.Membership.Invoiced.ShouldBeEmpty();

        await _office.AsSystem().Bus.InvokeAsync(new ResumeQueue(queue));
        await scope.DrainAsync();
        _office.Membership.Invoiced.ShouldHaveSingleItem().ShouldBe(new Contracts.ChargesInvoiced(raised.Run, raised.Chunk));
        (await _office.ReadAsync<int>("select count(*)::int from billing.invoice_document")).ShouldBe(60);
    }

    [Fact]
    public async Task a_charge_over_nothing_becomes_no_invoice()
    {
        var free = PlannedMembership.Charge(_office.Membership.AddMember(), 0);
        await _office.IssueAsync(free, PlannedMembership.Charge(_office.Membership.AddMember(), 60));

        (await _office.NumbersAsync()).ShouldBe(["BR-2026-00001"]);
    }

    [Fact]
    public async Task chunks_of_several_runs_at_once_leave_no_gap_and_no_twin()
    {
        var raised = new List<ChargesRaised>();
        for (var run = 0; run < 8; run++)
            raised.Add(await _office.PlanAsync([.. Enumerable.Range(0, 15).Select(_ => PlannedMembership.Charge(_office.Membership.AddMember(), 120))]));

        // Invoked, not sent: the group's order does not help here, only the counter row does.
        await Task.WhenAll(
            raised
                .Concat(raised)
                .Select(async message =>
                {
                    await using var scope = _office.AsSystem();
                    try
                    {
                        await scope.Bus.InvokeAsync(message);
                    }
                    catch (PostgresException twin) when (twin.SqlState == PostgresErrorCodes.UniqueViolation)
                    {
                        // the same chunk twice at the same moment: the database let one through
                    }
                    await scope.DrainAsync();
                })
        );

        (await _office.NumbersAsync()).ShouldBe(Enumerable.Range(1, 120).Select(i => $"BR-2026-{i:00000}"));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_transaction_that_dies_after_drawing_gives_its_numbers_back()
    {
        var (good, bad) = (_office.Membership.AddMember(), _office.Membership.AddMember());
        await _office.IssueAsync(PlannedMembership.Charge(good, 120));
        var broken = PlannedMembership.Charge(bad, 120) with { Lines = [new ChargeLine("passt nicht", new Money(119))] };
        await using (var scope = _office.AsSystem())
            (await Should.ThrowAsync<PostgresException>(scope.Bus.InvokeAsync(await _office.PlanAsync(broken)))).MessageText.ShouldContain("do not add up");

        await _office.IssueAsync(PlannedMembership.Charge(bad, 60));
        (await _office.NumbersAsync()).ShouldBe(["BR-2026-00001", "BR-2026-00002"]);
    }

    [Theory]
    [InlineData("2026-11-21", "2027-02-15")] // the regulation's day
    [InlineData("2027-01-16", "2027-02-15")] // exactly 30 days before
    [InlineData("2027-01-17", "2027-02-16")] // late: 30 days after issue
    [InlineData("2027-06-01", "2027-07-01")]
    public async Task an_invoice_is_due_on_the_regulations_day_but_not_within_30_days_of_its_issue(string issued, string due)
    {
        _office.Office.Clock.SetToday(DateOnly.Parse(issued, System.Globalization.CultureInfo.InvariantCulture));
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 120));

        var line = (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter()))).Rows.ShouldHaveSingleItem();
        line.DueOn.ShouldBe(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture));
        line.Number.ShouldBe($"BR-{issued[..4]}-00001");
    }

    [Fact]
    public async Task the_payment_route_is_frozen_with_the_invoice()
    {
        var member = _office.Membership.AddMember(c =>
            c with
            {
                Route = PaymentRoute.DirectDebit,
                Iban = "DE89370400440532013000",
                MandateReference = "M-1301",
                MandateSignedOn = new(2014, 2, 1),
            }
        );
        await _office.IssueAsync(PlannedMembership.Charge(member, 120, new DateOnly(2027, 3, 26))); // Good Friday
        _office.Membership.Put(member with { Route = PaymentRoute.Transfer, Iban = null, MandateReference = null });
        await _office.DeliverAsync(new MembersChanged([member.Id]));

        var payment = (await _office.InvoiceAsync("BR-2026-00001")).Content.Payment.ShouldNotBeNull();
        payment.ShouldBe(
            new Billing.Receivables.PaymentContent(
                PaymentRoute.DirectDebit,
                new DateOnly(2027, 3, 26),
                $"BR-2026-00001 {member.Number}",
                "DE89370400440532013000",
                "M-1301",
                new DateOnly(2027, 3, 30)
            )
        );
        (await _office.ReadAsync<string>("select payment_route from billing.account")).ShouldBe("transfer");
    }

    [Fact]
    public async Task direct_debit_without_a_usable_mandate_becomes_a_transfer()
    {
        var member = _office.Membership.AddMember(c => c with { Route = PaymentRoute.DirectDebit, Iban = null, MandateReference = "M-1" });
        await _office.IssueAsync(PlannedMembership.Charge(member, 120));

        (await _office.InvoiceAsync("BR-2026-00001")).Content.Payment!.Route.ShouldBe(PaymentRoute.Transfer);
    }

    /// <summary>failures.md row 8: lines and total agree to the cent.</summary>
    [Fact]
    public async Task three_times_2775_and_12_37_stay_what_they_are()
    {
        var lines = new[] { 2775.00m, 2775.00m, 2775.00m, 12.37m }.Select((a, i) => new ChargeLine($"Teil {i + 1}", new Money(a))).ToList();
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 8337.37m) with { Lines = lines });

        var invoice = await _office.InvoiceAsync("BR-2026-00001");
        invoice.Content.Amount.ShouldBe(new Money(8337.37m));
        Money.Sum(invoice.Content.Lines.Select(l => l.Amount)).ShouldBe(invoice.Content.Amount);
        (await _office.ReadAsync<decimal>("select sum(amount) from billing.invoice_line")).ShouldBe(8337.37m);
        invoice.Open.ShouldBe(new Money(8337.37m));
    }

    [Fact]
    public async Task an_account_follows_its_member_until_the_member_is_gone()
    {
        var (stays, goes) = (_office.Membership.AddMember(), _office.Membership.AddMember());
        await _office.DeliverAsync(new MembersChanged([stays.Id, goes.Id]));
        await _office.IssueAsync(PlannedMembership.Charge(stays, 120));
        _office.Membership.Put(stays with { Name = "Praxis am Bürgerpark" });
        _office.Membership.Remove(goes.Id);
        await _office.DeliverAsync(new MembersChanged([stays.Id, goes.Id]));

        (await _office.ReadAsync<string>("select string_agg(name, ',') from billing.account")).ShouldBe("Praxis am Bürgerpark");
        (await _office.InvoiceAsync("BR-2026-00001")).Content.MemberName.ShouldBe(stays.Name); // as issued

        _office.Membership.Remove(stays.Id);
        await _office.DeliverAsync(new MembersChanged([stays.Id]));
        (await _office.ReadAsync<long>("select count(*) from billing.account")).ShouldBe(1); // billed: the account stays
    }
}
