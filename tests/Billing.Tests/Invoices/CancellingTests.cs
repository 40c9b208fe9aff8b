using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

/// <summary>From 5.000 € on, as an office begins, taking an invoice back needs a second person.</summary>
public sealed class CancellingTests : IAsyncLifetime
{
    private const string Below = "BR-2026-00001";
    private const string Reached = "BR-2026-00002";
    private BillingOffice _office = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        var member = _office.Membership.AddMember();
        await _office.IssueAsync(PlannedMembership.Charge(member, 4_999.99m), PlannedMembership.Charge(member, 5_000, year: 2028));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task below_the_limit_one_person_cancels_and_from_it_on_a_second_one_has_to_agree()
    {
        (await CancelAsync(Below)).Number.ShouldBe("ST-2026-00001");
        (await CancelAsync(Reached)).Number.ShouldBeNull();

        (await _office.InvoiceAsync(Reached)).ShouldSatisfyAllConditions(i => i.CancelledBy.ShouldBeNull(), i => i.Open.ShouldBe(new Money(5_000)));
        _office.Membership.Voided.ShouldHaveSingleItem();
        (await TasksAsync(Roles.Office)).ShouldBeEmpty();
        (await TasksAsync(Roles.Board)).ShouldHaveSingleItem().Text.ShouldBe("Storno von BR-2026-00002 wartet auf Ihre Zustimmung");

        await ApproveAsync(Roles.Board);
        (await _office.InvoiceAsync(Reached)).ShouldSatisfyAllConditions(i => i.CancelledBy.ShouldBe("ST-2026-00002"), i => i.Open.ShouldBe(Money.Zero));
        (await _office.InvoiceAsync("ST-2026-00002")).Content.Cancels!.Reason.ShouldBe("Falsche Kategorie");
        _office.Membership.Voided.Count.ShouldBe(2);
        (await TasksAsync(Roles.Board)).ShouldBeEmpty();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task who_asked_is_refused_as_the_second_person_by_the_command_and_by_the_database()
    {
        await CancelAsync(Reached);

        (await RefusedAsync(() => ApproveAsync(Roles.Office))).ShouldContain("eine andere Person");
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync(
                    "update billing.cancellation_request set state = 'issued', approved_by = requested_by, approved_by_name = 'x', approved_at = now()"
                )
            )
        ).ConstraintName.ShouldBe("cancellation_request_four_eyes");
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("update billing.cancellation_request set state = 'issued'"))
        ).ConstraintName.ShouldBe("cancellation_request_issued");
        await ApproveAsync("office2");
        (await _office.InvoiceAsync(Reached)).CancelledBy.ShouldBe("ST-2026-00001");
    }

    [Fact]
    public async Task clicked_twice_it_asks_once_and_cancels_once()
    {
        var asked = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        await _office.As().Bus.InvokeAsync<CancelledInvoice>(new CancelInvoice(Reached, "Falsche Kategorie"));
                        return "";
                    }
                    catch (ProblemsException refused)
                    {
                        return refused.Message;
                    }
                })
        );
        asked.Count(a => a.Length == 0).ShouldBe(1);
        asked.Where(a => a.Length > 0).ShouldAllBe(a => a.Contains("wartet schon ein Storno", StringComparison.Ordinal));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ApproveAsync(Roles.Board)));
        await ApproveAsync(Roles.Board);
        (await _office.NumbersAsync()).ShouldBe([Below, Reached, "ST-2026-00001"]);
        _office.Membership.Voided.ShouldHaveSingleItem();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task withdrawn_nothing_has_changed_and_it_can_be_asked_anew()
    {
        await CancelAsync(Reached);
        await _office.As().Bus.InvokeAsync(new WithdrawCancellation(Reached));
        (await RefusedAsync(() => ApproveAsync(Roles.Board))).ShouldBe("Das wartet nicht mehr auf Zustimmung.");

        await CancelAsync(Reached);
        await _office.As(Roles.Board).Bus.InvokeAsync(new WithdrawCancellation(Reached, "Lieber korrigieren"));
        (await RefusedAsync(() => ApproveAsync(Roles.Board))).ShouldEndWith(" nicht zugestimmt: Lieber korrigieren");
        var refused = (await TasksAsync(Roles.Office)).ShouldHaveSingleItem();
        (refused.Text, refused.Href).ShouldBe(("Abgelehnt: Storno von BR-2026-00002", "/office/invoices/BR-2026-00002/cancel"));
        refused.Detail.ShouldEndWith(" nicht zugestimmt: Lieber korrigieren");
        (await TasksAsync(Roles.Board)).ShouldBeEmpty();

        await CancelAsync(Reached);
        await ApproveAsync(Roles.Board);
        (await RefusedAsync(() => _office.As(Roles.Board).Bus.InvokeAsync(new WithdrawCancellation(Reached)))).ShouldBe(
            "Das ist schon entschieden und lässt sich nicht mehr zurückziehen."
        );
    }

    [Fact]
    public async Task what_was_waived_meanwhile_is_not_cancelled()
    {
        await CancelAsync(Reached);
        await _office
            .As()
            .Bus.InvokeAsync<ReliefState>(new RequestRelief(Reached, ReliefKind.Waiver, "Vorstand", BillingOffice.Today, "Protokoll vom 20.11.2026"));
        await _office.As(Roles.Board).Bus.InvokeAsync(new ApproveRelief(Reached));

        (await RefusedAsync(() => ApproveAsync(Roles.Board))).ShouldContain("erlassen oder ausgebucht");
        await _office.ShouldVerifyAsync();
    }

    private Task<CancelledInvoice> CancelAsync(string number) => _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(number, "Falsche Kategorie"));

    private async Task ApproveAsync(string who)
    {
        var scope = _office.As(who);
        await scope.Bus.InvokeAsync(new ApproveCancellation(Reached));
        (await scope.DrainAsync()).Ok.ShouldBeTrue();
    }

    private static async Task<string> RefusedAsync(Func<Task> action) => (await Should.ThrowAsync<ProblemsException>(action)).Message;

    private async Task<IReadOnlyList<TodayRow>> TasksAsync(string who)
    {
        var scope = _office.As(who);
        var tasks = scope.Services.GetServices<ITodayTask>().OfType<CancellationTasks>().ShouldHaveSingleItem();
        return await tasks.FindAsync(scope.Services.GetRequiredService<Association.Platform.Data.Users.CurrentUser>().Actor, CancellationToken.None);
    }
}
