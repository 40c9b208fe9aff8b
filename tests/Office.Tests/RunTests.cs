using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Own;
using Association.Office.Operation.Jobs.Runs;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Office.Tests.Trial;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>How runs end, and what is known of them afterwards.</summary>
public sealed class RunTests : JobOffice
{
    [Fact]
    public async Task a_double_click_on_run_now_runs_once()
    {
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        var form = Guid.CreateVersion7();
        var clicks = Enumerable
            .Range(0, 4)
            .Select(async _ =>
            {
                try
                {
                    await host.InvokeAsync(new RunJobNow("trial.nightly"), form);
                }
                catch (AlreadySubmittedException)
                {
                    // the first click counted
                }
            });
        await Task.WhenAll(clicks);
        await UntilAsync(async () => (await LatestAsync(host)).Outcome == JobRunOutcome.Done);

        (await EffectsAsync()).ShouldBe(["trial.nightly"]);
        var run = await LatestAsync(host);
        run.AskedBy.ShouldBe("Rüdiger Lambert");
        run.Id.ShouldBe(JobRunId.Of("trial.nightly", run.FireTime));
        run.Duration.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task a_run_fails_with_what_follows_from_it_and_ends_well_when_its_dead_letter_is_replayed()
    {
        await ExecuteAsync("insert into trial.broken values ('trial.nightly')");
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        await host.InvokeAsync(new RunJobNow("trial.nightly"));
        await UntilAsync(async () => (await ReadAsync<string>("select state from operation.job_run")) is ["failed"]);
        var failed = await LatestAsync(host);
        failed.Outcome.ShouldBe(JobRunOutcome.Failed);
        failed.Error.ShouldNotBeNull().ShouldContain("The trial is broken.");

        await ExecuteAsync("delete from trial.broken");
        var letter = (await host.AskAsync(new ListDeadLetters())).Single();
        await host.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue));
        await SettleAsync(host, "done");
        (await LatestAsync(host)).Outcome.ShouldBe(JobRunOutcome.Done);
    }

    [Fact]
    public async Task a_discarded_dead_letter_leaves_a_run_that_was_given_up()
    {
        await ExecuteAsync("insert into trial.broken values ('trial.nightly')");
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        await host.InvokeAsync(new RunJobNow("trial.nightly"));
        await SettleAsync(host, "failed");
        var letter = (await host.AskAsync(new ListDeadLetters())).Single();
        await host.InvokeAsync(new DiscardDeadLetter(letter.Id, letter.Queue, "nicht nötig"));
        await SettleAsync(host, "given_up");
        (await LatestAsync(host)).Outcome.ShouldBe(JobRunOutcome.GivenUp);
    }

    [Fact]
    public async Task an_end_stays_readable_when_the_bus_has_forgotten_it()
    {
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        await host.InvokeAsync(new RunJobNow("trial.nightly"));
        await SettleAsync(host, "done");
        var before = await LatestAsync(host);
        await ExecuteAsync("delete from messaging.trail where ended_at is not null");
        await SettleAsync(host, "done");
        (await LatestAsync(host)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task a_check_that_does_not_hold_is_a_finding_and_no_failure()
    {
        var host = await HostAsync();
        await host.InvokeAsync(new RunJobNow("operation.verify-books"));
        await UntilAsync(async () => (await LatestAsync(host)).Outcome == JobRunOutcome.Wrong);
        (await LatestAsync(host)).Findings.ShouldBe([
            new JobFinding("trial-holds", true, "2 things counted"),
            new JobFinding("trial-wrong", false, "1 thing is wrong"),
        ]);
        (await host.AskAsync(new ListDeadLetters())).ShouldBeEmpty();
    }

    [Fact]
    public async Task history_ends_after_90_days_but_the_latest_run_stays()
    {
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        await ExecuteAsync(
            """
            insert into operation.job_run (id, job, fire_time, started_at, ended_at, correlation_id, state)
            select gen_random_uuid(), j, t, t, t, gen_random_uuid(), 'done'
              from (values ('trial.nightly', now() - interval '100 days'), ('trial.nightly', now() - interval '91 days'),
                ('trial.nightly', now() - interval '80 days'),
                           ('trial.yearly', now() - interval '800 days'), ('trial.yearly', now() - interval '400 days')) as v (j, t)
            """
        );
        await host.InvokeAsync(new RunJobNow("operation.forget-runs"));
        await SettleAsync(host, "done");
        (
            await ReadAsync<string>("select job || ' ' || extract(day from now() - started_at) from operation.job_run where job like 'trial.%' order by 1")
        ).ShouldBe(["trial.nightly 80", "trial.yearly 400"]);
    }

    [Fact]
    public async Task a_time_that_nobody_fired_is_noticed_and_so_is_one_that_was_fired_without_a_run()
    {
        var now = ScheduleTests.Berlin("2026-11-10 12:00");
        var host = await HostAsync(now, jobs: TrialModule.Job("trial.nightly"));
        await UntilScheduledAsync("trial.nightly");
        await host.StopAsync();
        (await MissedAsync(now.AddHours(14).AddMinutes(39))).ShouldBeNull("nine minutes are nothing");
        (await MissedAsync(now.AddHours(14).AddMinutes(41))).ShouldBe(ScheduleTests.Berlin("2026-11-11 02:30"));

        await ExecuteAsync(
            """
            insert into hangfire.hash (key, field, value) select key, 'LastExecution', value from hangfire.hash where key = 'recurring-job:trial.nightly'
              and field = 'NextExecution'
            on conflict (key, field) do update set value = excluded.value;
            update hangfire.hash set value = '2026-11-12T01:30:00.0000000Z' where key = 'recurring-job:trial.nightly' and field = 'NextExecution'
            """
        );
        (await MissedAsync(now.AddHours(20))).ShouldBe(ScheduleTests.Berlin("2026-11-11 02:30"));
        await ExecuteAsync("insert into operation.job_pause (job, paused_by, paused_at) values ('trial.nightly', '', now())");
        (await MissedAsync(now.AddDays(9))).ShouldBeNull("somebody wants it so");

        async Task<DateTimeOffset?> MissedAsync(DateTimeOffset at)
        {
            var verb = await HostAsync(at, running: false, TrialModule.Job("trial.nightly"));
            var missed = (await verb.AskAsync(new ListJobs())).Single(j => j.Declaration.Name == "trial.nightly").Missed;
            var health = await verb.Services.GetRequiredService<SchedulerHealth>().CheckHealthAsync(new HealthCheckContext());
            health.Status.ShouldBe((await verb.AskAsync(new ListJobs())).Any(j => j.Missed is not null) ? HealthStatus.Degraded : HealthStatus.Healthy);
            return missed;
        }
    }

    private static async Task<JobRunView> LatestAsync(JobHost host) =>
        (await host.AskAsync(new ListJobs())).Select(j => j.Latest).OfType<JobRunView>().MaxBy(r => r.StartedAt)!;

    private async Task SettleAsync(JobHost host, string state) =>
        await UntilAsync(async () =>
        {
            await host.Services.GetRequiredService<RunSettlement>().SettleAsync(CancellationToken.None);
            return (await ReadAsync<string>("select state from operation.job_run order by started_at desc limit 1")) is [var now] && now == state;
        });
}

internal sealed class TrialHolds : IVerifyCheck
{
    public string Name => "trial-holds";

    public Task<CheckResult> RunAsync(CancellationToken ct) => Task.FromResult(new CheckResult(true, "2 things counted"));
}

internal sealed class TrialWrong : IVerifyCheck
{
    public string Name => "trial-wrong";

    public Task<CheckResult> RunAsync(CancellationToken ct) => Task.FromResult(new CheckResult(false, "1 thing is wrong"));
}
