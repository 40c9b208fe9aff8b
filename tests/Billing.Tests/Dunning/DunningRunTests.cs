using Association.Billing.Dunning.Cases;
using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Runs;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Dunning;

public sealed class DunningRunTests : DunnedOffice
{
    [Fact]
    public async Task who_submits_does_not_agree_and_who_refuses_says_why()
    {
        await SetRulesAsync();
        await BillAsync(100, Member("anna"));
        Day(3, 1);
        (await TasksAsync()).ShouldBe(["1 Mahnschreiben ist fällig"]);
        var run = await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders(1));

        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new ApproveReminders(run.Number)));
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new SendReminders(run.Number)));
        await Should.ThrowAsync<ProblemsException>(Office.InvokeAsync<SubmittedReminders>(new SubmitReminders()));
        (await TasksAsync(Roles.Board)).ShouldBe(["Mahnlauf 1 wartet auf Ihre Zustimmung"]);
        await Should.ThrowAsync<ProblemsException>(Office.As(Roles.Board).Bus.InvokeAsync(new WithdrawReminders(run.Number)));
        await Office.As(Roles.Board).Bus.InvokeAsync(new WithdrawReminders(run.Number, "Erst nach der Versammlung"));

        Server.Mails.ShouldBeEmpty();
        (await RunAsync(1)).Run.Approval.Refusal.ShouldBe("Erst nach der Versammlung");
        (await Should.ThrowAsync<ProblemsException>(Office.InvokeAsync<SubmittedReminders>(new SubmitReminders(7)))).Message.ShouldContain("1 Schreiben");
        (await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders())).Number.ShouldBe(2);
    }

    [Fact]
    public async Task whoever_submits_sends_or_delivers_how_often_each_gets_one_letter()
    {
        await SetRulesAsync();
        var members = Enumerable.Range(0, 120).Select(n => Member($"m{n}")).ToArray();
        await BillAsync(100, members);
        Day(3, 1);

        var submitted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync(() => Office.InvokeAsync<SubmittedReminders>(new SubmitReminders()))));
        submitted.Count(done => done).ShouldBe(1);
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(1));
        var id = (await RunAsync(1)).Run.Id;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    await InvokeAsync(new SendReminders(1));
                    await Office.DeliverAsync(new IssueReminders(id));
                })
        );

        Server.Mails.Count.ShouldBe(120);
        Server.Mails.Select(m => Read(m).To.Mailboxes.Single().Address).Distinct().Count().ShouldBe(120);
        (await Office.ReadAsync<long>("select count(*) from billing.reminder_item")).ShouldBe(120);
        (await RunAsync(1)).Summary.Letters.ShouldBe(120);
    }

    [Fact]
    public async Task the_calendar_submits_refreshes_what_nobody_signed_and_rests_when_somebody_refused()
    {
        await SetRulesAsync();
        var (first, second) = (Member("first"), Member("second"));
        await BillAsync(100, first);
        Day(3, 1);
        await MorningAsync();
        (await RunAsync(1)).Run.IsByCalendar.ShouldBeTrue();
        var seen = (await RunAsync(1)).Run.Version;
        Day(3, 2);
        await Office.IssueAsync(PlannedMembership.Charge(second, 50));
        Day(4, 16);
        await MorningAsync();

        (await RunAsync(1)).Items.Select(i => i.Member).ShouldBe([first.Number, second.Number]);
        await Should.ThrowAsync<ConcurrentEditException>(Office.As().Bus.InvokeAsync(new ApproveReminders(1, seen)));
        await Office.As().Bus.InvokeAsync(new WithdrawReminders(1, "Bankauszug fehlt"));
        Day(4, 20);
        await MorningAsync();
        (await Office.As().Bus.QueryAsync(new ListDunningRuns())).ShouldHaveSingleItem("somebody is looking into it");
        Day(4, 24);
        await MorningAsync();
        (await RunAsync(2)).Items.Count.ShouldBe(2);
        await PayAsync("BR-2026-00001", 100);
        await PayAsync("BR-2027-00001", 50);
        await MorningAsync();
        (await RunAsync(2)).Run.State.ShouldBe(DunningRunState.Withdrawn, "nobody is to be reminded any more");
        Server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task without_a_second_person_by_setting_it_leaves_by_itself_and_without_a_mail_server_it_waits()
    {
        await SetRulesAsync(r => r with { Automatic = true });
        await BillAsync(100, Member("anna"));
        Day(3, 1);
        await Office.SetMailServerAsync(null);
        await MorningAsync();
        (await RunAsync(1)).Run.State.ShouldBe(DunningRunState.Approved);
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new SendReminders(1)));
        await Office.SetMailServerAsync(Server.Port);
        await MorningAsync();

        (await RunAsync(1)).Run.State.ShouldBe(DunningRunState.Sent);
        Server.Mails.Count.ShouldBe(1);
        await MorningAsync();
        Server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task the_database_knows_four_eyes_and_one_run_at_a_time()
    {
        await SetRulesAsync();
        await BillAsync(100, Member("anna"));
        Day(3, 1);
        await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders());

        foreach (
            var change in new[]
            {
                "update billing.dunning_run set approved_by = submitted_by, approved_by_name = 'x', approved_at = now(), state = 'approved'",
                "update billing.dunning_run set state = 'approved'",
            }
        )
            (await Should.ThrowAsync<PostgresException>(Office.ExecuteAsync(change))).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        (
            await Should.ThrowAsync<PostgresException>(
                Office.ExecuteAsync(
                    "insert into billing.dunning_run (id, as_of, state, needs_second) values (gen_random_uuid(), '2027-03-01', 'submitted', true)"
                )
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }

    [Fact]
    public async Task after_the_last_demand_the_board_decides_and_what_it_waits_for_comes_back()
    {
        await SetRulesAsync();
        await BillAsync(100, Member("anna"), Member("berta"));
        foreach (var day in new[] { new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 22), new DateOnly(2027, 4, 12) })
        {
            Day(day);
            await RemindAsync();
        }
        Day(5, 2);
        (await CasesAsync()).ShouldBeEmpty("twenty days after the second demand");
        Day(5, 3);
        (await CasesAsync()).ShouldBe(["BR-2026-00001", "BR-2026-00002"]);

        await DecideAsync("BR-2026-00001", CaseDecision.Court, null);
        await DecideAsync("BR-2026-00002", CaseDecision.Wait, new DateOnly(2027, 6, 1));

        (await CasesAsync()).ShouldBeEmpty();
        Day(6, 1);
        (await CasesAsync()).ShouldBeEmpty();
        Day(6, 2);
        (await CasesAsync()).ShouldBe(["BR-2026-00002"]);
        await PayAsync("BR-2026-00002", 100);
        (await CasesAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<ProblemsException>(DecideAsync("BR-2026-00002", CaseDecision.Court, null));
        await Should.ThrowAsync<ProblemsException>(DecideAsync("BR-2026-00001", CaseDecision.Wait, new DateOnly(2027, 6, 1)));
    }

    // As the schedule does: in the name of the system.
    private async Task MorningAsync()
    {
        var scope = Office.AsSystem();
        await scope.Bus.PublishAsync(new RemindMembers(Guid.CreateVersion7()));
        (await scope.DrainAsync()).Ok.ShouldBeTrue();
    }

    private async Task<IReadOnlyList<string>> CasesAsync() => [.. (await Office.As().Bus.QueryAsync(new ListBoardCases())).Select(c => c.Number)];

    private Task DecideAsync(string number, CaseDecision decision, DateOnly? until) =>
        InvokeAsync(new DecideCase(number, decision, until, "Vorstand", new DateOnly(2027, 5, 3), "Beschluss 7/2027"));

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (ProblemsException)
        {
            return false;
        }
    }
}
