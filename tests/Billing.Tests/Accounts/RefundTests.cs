using Association.Billing.Accounts.Refunds;
using Association.Billing.Accounts.Statement;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Accounts;

/// <summary>From 50 € on, paying a credit back needs a second person here; the member has a credit of 80 €.</summary>
public sealed class RefundTests : IAsyncLifetime
{
    private BillingOffice _office = null!;
    private MemberCard _member = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(_member, 120));
        await _office.InvokeAsync<RecordedPayment>(new RecordPayment("BR-2026-00001", new Money(200), BillingOffice.Today, CreditUpTo: new Money(80)));
        await _office.SetRefundLimitAsync(new Money(50));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task below_the_limit_it_is_posted_at_once_and_from_it_on_it_waits_and_posts_nothing()
    {
        (await AskAsync(49.99m)).ShouldBe(new RefundedCredit(new Money(49.99m), new Money(30.01m), Posted: true));
        (await RefundedAsync()).ShouldBe([49.99m]);

        await _office.SetRefundLimitAsync(new Money(30));
        (await AskAsync(30)).ShouldBe(new RefundedCredit(new Money(30), new Money(30.01m), Posted: false));
        (await RefundedAsync()).ShouldBe([49.99m]);
        (await CreditAsync()).ShouldBe(new Money(30.01m));
        (await TasksAsync(Roles.Office)).ShouldBeEmpty();
        var task = (await TasksAsync(Roles.Board)).ShouldHaveSingleItem();
        task.Text.ShouldBe($"Erstattung an {_member.Name} wartet auf Ihre Zustimmung");
        task.Href.ShouldBe($"/office/accounts/{_member.Number}/refund");

        await ApproveAsync(Roles.Board, await WaitingAsync());
        (await RefundedAsync()).ShouldBe([30m, 49.99m]);
        (await CreditAsync()).ShouldBe(new Money(0.01m));
        (await TasksAsync(Roles.Board)).ShouldBeEmpty();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task as_an_office_begins_every_refund_waits_and_without_a_limit_none_does()
    {
        await _office.SetRefundLimitAsync(new FourEyesRules().RefundFrom);
        (await AskAsync(0.01m)).Posted.ShouldBeFalse();
        await WithdrawAsync(Roles.Office, await WaitingAsync());

        await _office.SetRefundLimitAsync(null);
        (await AskAsync(80)).Posted.ShouldBeTrue();
        (await RefundedAsync()).ShouldBe([80m]);
    }

    [Fact]
    public async Task who_asked_is_refused_as_the_second_person_by_the_command_and_by_the_database()
    {
        await AskAsync(60);
        var waiting = await WaitingAsync();

        (await RefusedAsync(() => ApproveAsync(Roles.Office, waiting))).ShouldBe("Sie haben das selbst veranlasst; zustimmen muss eine andere Person.");
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync(
                    """
                    update billing.refund_request set state = 'posted', approved_by = requested_by, approved_by_name = 'x', approved_at = now(),
                           posting_id = (select id from billing.posting limit 1)
                    """
                )
            )
        ).ConstraintName.ShouldBe("refund_request_four_eyes");
        (await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("update billing.refund_request set state = 'posted'"))).ConstraintName.ShouldBe(
            "refund_request_posted"
        );
        (await RefundedAsync()).ShouldBeEmpty();

        await ApproveAsync("office2", waiting);
        (await RefundedAsync()).ShouldBe([60m]);
    }

    [Fact]
    public async Task the_posting_names_who_agreed_and_the_day_of_the_transfer_that_followed()
    {
        await AskAsync(60, "Doppelt überwiesen");
        _office.Office.Clock.SetToday(BillingOffice.Today.AddDays(3));
        var waiting = await WaitingAsync();
        var board = _office.As(Roles.Board);

        (await Should.ThrowAsync<ProblemsException>(board.Bus.InvokeAsync(new ApproveRefund(waiting, BillingOffice.Today.AddDays(4)))))
            .Problems.ShouldHaveSingleItem()
            .Field.ShouldBe("PaidOn");
        await board.Bus.InvokeAsync(new ApproveRefund(waiting, BillingOffice.Today.AddDays(3)));

        var line = (await StatementAsync()).Lines[^1];
        (line.Kind, line.Text, line.DatedOn, line.Debit).ShouldBe((PostingKind.Refund, "Doppelt überwiesen", BillingOffice.Today.AddDays(3), new Money(60)));
        (await _office.ReadAsync<string>("select posted_by from billing.posting where kind = 'refund'")).ShouldBe(
            board.Services.GetRequiredService<CurrentUser>().Actor.Name
        );
        (
            await _office.ReadAsync<bool>("select posting_id = (select id from billing.posting where kind = 'refund') from billing.refund_request")
        ).ShouldBeTrue();
    }

    [Fact]
    public async Task clicked_twice_it_asks_once_and_two_who_agree_at_once_post_once()
    {
        var asked = await AtOnceAsync(_ => _office.As().Bus.InvokeAsync<RefundedCredit>(Refund(50)));
        asked.Count(a => a.Length == 0).ShouldBe(1);
        asked.Where(a => a.Length > 0).ShouldAllBe(a => a.Contains("wartet schon eine Erstattung von 50,00", StringComparison.Ordinal));

        var waiting = await WaitingAsync();
        (await AtOnceAsync(i => ApproveAsync(i % 2 == 0 ? Roles.Board : "office2", waiting))).ShouldAllBe(a => a.Length == 0);
        await ApproveAsync(Roles.Board, waiting);
        (await RefundedAsync()).ShouldBe([50m]);
        (await CreditAsync()).ShouldBe(new Money(30));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_credit_that_was_used_meanwhile_is_not_paid_back_and_the_refusal_names_both_figures()
    {
        await AskAsync(80);
        await _office.IssueAsync(PlannedMembership.Charge(_member, 20, year: 2028));
        await _office.InvokeAsync<SetOff>(new SetOffCredit("BR-2026-00002"));
        var waiting = await WaitingAsync();

        var refused = await RefusedAsync(() => ApproveAsync(Roles.Board, waiting));
        refused.ShouldContain("60,00");
        refused.ShouldContain("80,00");
        (await RefundedAsync()).ShouldBeEmpty();

        await WithdrawAsync(Roles.Office, waiting);
        await AskAsync(60);
        await ApproveAsync(Roles.Board, await WaitingAsync());
        (await CreditAsync()).ShouldBe(Money.Zero);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task withdrawn_nothing_has_changed_it_can_be_asked_anew_and_posted_it_is_not_withdrawn()
    {
        await AskAsync(60);
        var first = await WaitingAsync();
        await WithdrawAsync(Roles.Board, first);
        await WithdrawAsync(Roles.Board, first);
        await AskAsync(70);
        var second = await WaitingAsync();

        (await RefusedAsync(() => ApproveAsync("office2", first))).ShouldBe("Dr. Nora Groß hat am 21.11.2026, 12:00 nicht zugestimmt: Lieber verrechnen");
        (await RefundedAsync()).ShouldBeEmpty();
        await ApproveAsync(Roles.Board, second);
        (await RefusedAsync(() => WithdrawAsync(Roles.Board, second))).ShouldBe("Das ist schon entschieden und lässt sich nicht mehr zurückziehen.");
        (await RefundedAsync()).ShouldBe([70m]);
    }

    [Fact]
    public async Task who_does_not_agree_says_why_and_who_asked_withdraws_without_a_word()
    {
        await AskAsync(60);
        var first = await WaitingAsync();
        foreach (var reason in new[] { "", "  x ", new string('x', 301) })
            (await Should.ThrowAsync<ProblemsException>(_office.As(Roles.Board).Bus.InvokeAsync(new WithdrawRefund(first, reason))))
                .Problems.ShouldHaveSingleItem()
                .ShouldBe(new Problem("Refusal", "Nennen Sie den Grund, in 3 bis 300 Zeichen."));
        (await TasksAsync(Roles.Board)).ShouldHaveSingleItem();

        await _office.As().Bus.InvokeAsync(new WithdrawRefund(first));
        var withdrawn = (await _office.As().Bus.QueryAsync(new ReadRefundRequest(_member.Number))).ShouldNotBeNull();
        (withdrawn.State, withdrawn.Approval.State, withdrawn.Approval.Refusal).ShouldBe((RefundState.Withdrawn, ApprovalState.Withdrawn, null));
        (await RefusedAsync(() => ApproveAsync(Roles.Board, first))).ShouldBe("Das wartet nicht mehr auf Zustimmung.");

        await AskAsync(60);
        await _office.As(Roles.Board).Bus.InvokeAsync(new WithdrawRefund(await WaitingAsync(), "Lieber verrechnen"));
        var refused = (await _office.As().Bus.QueryAsync(new ReadRefundRequest(_member.Number))).ShouldNotBeNull();
        (refused.State, refused.Approval.State, refused.Approval.EndedByName, refused.Approval.Refusal).ShouldBe(
            (RefundState.Withdrawn, ApprovalState.Refused, "Dr. Nora Groß", "Lieber verrechnen")
        );
    }

    [Fact]
    public async Task what_was_refused_stands_on_heute_of_the_office_with_the_reason_until_it_is_asked_for_anew_or_fourteen_days()
    {
        await AskAsync(60);
        await _office.As().Bus.InvokeAsync(new WithdrawRefund(await WaitingAsync()));
        (await TasksAsync("office2")).ShouldBeEmpty("withdrawn is not refused");

        await AskAsync(60);
        await WithdrawAsync(Roles.Board, await WaitingAsync());
        var row = (await TasksAsync("office2")).ShouldHaveSingleItem();
        row.Text.ShouldBe($"Abgelehnt: Erstattung von 60,00\u00a0€ an {_member.Name}");
        row.Detail.ShouldBe("Dr. Nora Groß hat am 21.11.2026, 12:00 nicht zugestimmt: Lieber verrechnen");
        row.Href.ShouldBe($"/office/accounts/{_member.Number}/refund");
        (await TasksAsync(Roles.Board)).ShouldBeEmpty();

        await AskAsync(60);
        (await TasksAsync(Roles.Office)).ShouldBeEmpty();
        await WithdrawAsync(Roles.Board, await WaitingAsync());
        (await TasksAsync(Roles.Office)).ShouldHaveSingleItem();
        _office.Office.Clock.SetToday(BillingOffice.Today.AddDays(15));
        (await TasksAsync(Roles.Office)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ended_by = requested_by, ended_by_name = 'x', ended_at = now(), refusal = 'nein'", "refund_request_refused")]
    [InlineData("ended_by_name = 'x', refusal = 'nein'", "refund_request_ended")]
    [InlineData("ended_by = gen_random_uuid(), ended_by_name = 'x', ended_at = now(), refusal = '  '", "refund_request_refusal_check")]
    [InlineData("approved_by = gen_random_uuid()", "refund_request_approved")]
    [InlineData("requested_at = requested_at", "refund_request_withdrawn")]
    public async Task the_database_keeps_who_ended_it_and_why(string change, string constraint)
    {
        await AskAsync(60);
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync($"update billing.refund_request set state = 'withdrawn', {change}"))
        ).ConstraintName.ShouldBe(constraint);
    }

    private RefundCredit Refund(decimal amount, string note = "") => new(_member.Number, new Money(amount), BillingOffice.Today, note);

    private Task<RefundedCredit> AskAsync(decimal amount, string note = "") => _office.InvokeAsync<RefundedCredit>(Refund(amount, note));

    private async Task<RefundRequestId> WaitingAsync() => (await _office.As().Bus.QueryAsync(new ReadRefundRequest(_member.Number))).ShouldNotBeNull().Id;

    private Task ApproveAsync(string who, RefundRequestId id) => _office.As(who).Bus.InvokeAsync(new ApproveRefund(id, BillingOffice.Today));

    private Task WithdrawAsync(string who, RefundRequestId id) => _office.As(who).Bus.InvokeAsync(new WithdrawRefund(id, "Lieber verrechnen"));

    private static async Task<string> RefusedAsync(Func<Task> action) => (await Should.ThrowAsync<ProblemsException>(action)).Message;

    // The refusal of each of six, empty for those that went through.
    private static Task<string[]> AtOnceAsync(Func<int, Task> action) =>
        Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    try
                    {
                        await action(i);
                        return "";
                    }
                    catch (ProblemsException refused)
                    {
                        return refused.Message;
                    }
                })
        );

    private async Task<AccountStatement> StatementAsync() => (await _office.As().Bus.QueryAsync(new GetStatement(_member.Number))).ShouldNotBeNull();

    private async Task<Money> CreditAsync() => (await StatementAsync()).Credit;

    // What left the bank, the smallest first.
    private async Task<decimal[]> RefundedAsync() =>
        await _office.ReadAsync<decimal[]>(
            """
            select coalesce(array_agg(l.credit order by l.credit), '{}') from billing.posting p join billing.posting_line l on l.posting_id = p.id
             where p.kind = 'refund' and l.ledger_account = 'bank'
            """
        );

    private async Task<IReadOnlyList<TodayRow>> TasksAsync(string who)
    {
        var scope = _office.As(who);
        var tasks = scope.Services.GetServices<ITodayTask>().OfType<RefundTasks>().ShouldHaveSingleItem();
        return await tasks.FindAsync(scope.Services.GetRequiredService<CurrentUser>().Actor, CancellationToken.None);
    }
}
