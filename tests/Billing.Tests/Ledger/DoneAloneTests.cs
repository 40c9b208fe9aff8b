using Association.Billing.Accounts.Refunds;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Ledger;

/// <summary>A limit for a second person is not passed in slices: what was done alone adds up (record 32).</summary>
public sealed class DoneAloneTests : IAsyncLifetime
{
    private static readonly Money Slice = new(499.99m);
    private BillingOffice _office = null!;
    private MemberCard _member = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(_member, 4_500));
        await _office.SetLimitsAsync(_ => new FourEyesRules
        {
            WaiverFrom = new Money(500),
            WriteOffFrom = new Money(500),
            RefundFrom = new Money(500),
        });
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task as_an_office_begins_nobody_alone_gets_money_out_by_payment_cancellation_and_refund()
    {
        await _office.SetLimitsAsync(_ => new FourEyesRules());
        await PayAsync("BR-2026-00001", 4_500);
        (await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00001", "Falsche Kategorie"))).Credit.ShouldBe(new Money(4_500));

        (await RefundAsync(_member, 4_500)).ShouldBeFalse();
        (await _office.ReadAsync<decimal>("select coalesce(sum(credit), 0) from billing.posting_line where ledger_account = 'bank'")).ShouldBe(0);
        (await _office.ReadAsync<decimal>("select balance from billing.credit_balance")).ShouldBe(4_500);
    }

    [Fact]
    public async Task three_times_499_99_on_one_invoice_with_a_limit_of_500_needs_a_second_person_from_the_second_on()
    {
        (await ReliefAsync("BR-2026-00001", ReliefKind.Waiver)).ShouldBe(ReliefState.Posted);
        (await ReliefAsync("BR-2026-00001", ReliefKind.Waiver)).ShouldBe(ReliefState.Requested);
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief("BR-2026-00001"));
        // Also another day, another year, by somebody else, and as a write-off.
        _office.Office.Clock.SetToday(BillingOffice.Today.AddYears(2));
        (await ReliefAsync("BR-2026-00001", ReliefKind.WriteOff, "office2")).ShouldBe(ReliefState.Requested);
        (await _office.InvoiceAsync("BR-2026-00001")).Forgiven.Sum.ShouldBe(Slice + Slice);
    }

    [Fact]
    public async Task on_one_member_twelve_months_add_up_whoever_does_it()
    {
        await _office.IssueAsync(PlannedMembership.Charge(_member, 900, year: 2028), PlannedMembership.Charge(_office.Membership.AddMember(), 900));
        (await ReliefAsync("BR-2026-00001", ReliefKind.Waiver)).ShouldBe(ReliefState.Posted);
        _office.Office.Clock.SetToday(BillingOffice.Today.AddMonths(6));
        (await ReliefAsync("BR-2026-00002", ReliefKind.Waiver, "office2")).ShouldBe(ReliefState.Requested);
        await _office.As("office2").Bus.InvokeAsync(new WithdrawRelief("BR-2026-00002"));
        (await ReliefAsync("BR-2026-00003", ReliefKind.Waiver, "office2")).ShouldBe(ReliefState.Posted);

        _office.Office.Clock.SetToday(BillingOffice.Today.AddYears(1));
        (await ReliefAsync("BR-2026-00002", ReliefKind.Waiver)).ShouldBe(ReliefState.Posted);
    }

    [Fact]
    public async Task what_one_person_does_within_a_day_adds_up_over_all_members_and_not_what_another_does()
    {
        await _office.IssueAsync([.. Enumerable.Range(0, 3).Select(_ => PlannedMembership.Charge(_office.Membership.AddMember(), 900))]);
        (await ReliefAsync("BR-2026-00002", ReliefKind.Waiver)).ShouldBe(ReliefState.Posted);
        _office.Office.Clock.SetToday(BillingOffice.Today.AddDays(1));
        (await ReliefAsync("BR-2026-00003", ReliefKind.Waiver)).ShouldBe(ReliefState.Requested);
        (await ReliefAsync("BR-2026-00004", ReliefKind.Waiver, "office2")).ShouldBe(ReliefState.Posted);
    }

    [Fact]
    public async Task what_a_second_person_agreed_to_and_what_was_taken_back_does_not_count()
    {
        (await ReliefAsync("BR-2026-00001", ReliefKind.Waiver)).ShouldBe(ReliefState.Posted);
        await _office.As().Bus.InvokeAsync(new ReverseRelief("BR-2026-00001", "Doch nicht"));
        (await ReliefAsync("BR-2026-00001", ReliefKind.Waiver, amount: 600)).ShouldBe(ReliefState.Requested);
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief("BR-2026-00001"));
        (await ReliefAsync("BR-2026-00001", ReliefKind.Waiver)).ShouldBe(ReliefState.Posted);
    }

    [Fact]
    public async Task two_slices_at_once_are_not_both_posted_by_one_person()
    {
        await _office.IssueAsync([.. Enumerable.Range(0, 4).Select(_ => PlannedMembership.Charge(_office.Membership.AddMember(), 900))]);
        var states = await Task.WhenAll(Enumerable.Range(2, 4).Select(n => ReliefAsync($"BR-2026-0000{n}", ReliefKind.Waiver)));
        states.Count(s => s == ReliefState.Posted).ShouldBe(1);
    }

    [Fact]
    public async Task refunds_in_slices_of_499_99_need_a_second_person_from_the_second_on()
    {
        await PayAsync("BR-2026-00001", 6_000);
        (await RefundAsync(_member, Slice.Amount)).ShouldBeTrue();
        (await RefundAsync(_member, Slice.Amount)).ShouldBeFalse();
    }

    [Fact]
    public async Task cancellations_of_invoices_below_the_limit_add_up()
    {
        var others = Enumerable.Range(0, 2).Select(_ => _office.Membership.AddMember()).ToList();
        await _office.IssueAsync([.. others.Select(o => PlannedMembership.Charge(o, 400))]);
        (await CancelAsync("BR-2026-00001")).ShouldNotBeNull();
        (await CancelAsync("BR-2026-00002")).ShouldNotBeNull();
        (await CancelAsync("BR-2026-00003")).ShouldBeNull();
    }

    private async Task<string?> CancelAsync(string number) =>
        (await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(number, "Falsche Kategorie"))).Number;

    private Task<ReliefState> ReliefAsync(string number, ReliefKind kind, string who = Roles.Office, decimal amount = 499.99m) =>
        _office.As(who).Bus.InvokeAsync<ReliefState>(new RequestRelief(number, kind, "Vorstand", BillingOffice.Today, "Beschluss", new Money(amount)));

    private Task<RecordedPayment> PayAsync(string number, decimal amount) =>
        _office.InvokeAsync<RecordedPayment>(new RecordPayment(number, new Money(amount), BillingOffice.Today, CreditUpTo: new Money(amount)));

    // Whether it was posted by one person.
    private async Task<bool> RefundAsync(MemberCard member, decimal amount) =>
        (await _office.InvokeAsync<RefundedCredit>(new RefundCredit(member.Number, new Money(amount), BillingOffice.Today))).Posted;
}
