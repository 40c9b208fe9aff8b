using System.Globalization;
using Association.Office.Operation.Jobs.Pages;
using Association.Office.Operation.Jobs.Runs;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Office.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>What <em>Heute</em> says of jobs.</summary>
public sealed class TodayTests : JobOffice
{
    [Fact]
    public async Task a_job_that_failed_and_one_that_found_something_wrong_are_urgent_until_a_later_run_is_well()
    {
        await ExecuteAsync("insert into trial.broken values ('trial.nightly')");
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        await host.InvokeAsync(new RunJobNow("trial.nightly"));
        await host.InvokeAsync(new RunJobNow("operation.verify-books"));
        await UntilAsync(async () => (await RowsAsync(host)).Count == 2);
        var rows = await RowsAsync(host);
        rows.ShouldAllBe(r => r.Urgency == Urgency.Now && r.Group == "Aufträge");
        rows.ShouldContain(r => r.Text == "Bücher prüfen: 1 von 2 Prüfungen stimmt nicht" && r.Href == "/office/jobs/operation.verify-books");
        rows.ShouldContain(r => r.Text.EndsWith("fehlgeschlagen", StringComparison.Ordinal) && r.Href == "/office/jobs/trial.nightly");

        await ExecuteAsync("delete from trial.broken");
        await host.InvokeAsync(new RunJobNow("trial.nightly"));
        await UntilAsync(async () => (await RowsAsync(host)).Count == 1);
    }

    [Fact]
    public async Task a_job_that_did_not_run_is_urgent_also_when_no_scheduler_runs_anywhere()
    {
        var now = ScheduleTests.Berlin("2026-11-10 12:00");
        var host = await HostAsync(now, jobs: TrialModule.Job("trial.nightly"));
        await UntilScheduledAsync("trial.nightly");
        await host.StopAsync();

        var later = await HostAsync(now.AddDays(1), running: false, TrialModule.Job("trial.nightly"));
        later.Services.GetRequiredService<SchedulerState>().Failed();
        var rows = await RowsAsync(later);
        rows.ShouldContain(r => r.Text == "Aufträge laufen nicht von selbst");
        rows.ShouldContain(r =>
            r.Text.EndsWith("ist nicht gelaufen", StringComparison.Ordinal)
            && r.Detail == "Fällig war er am 11.11.2026, 02:30."
            && r.Href == "/office/jobs/trial.nightly"
        );
    }

    private static async Task<IReadOnlyList<TodayRow>> RowsAsync(JobHost host)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        await using var scope = host.Scope(Roles.Office);
        return await scope
            .ServiceProvider.GetServices<ITodayTask>()
            .OfType<JobTask>()
            .Single()
            .FindAsync(scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor, CancellationToken.None);
    }
}
