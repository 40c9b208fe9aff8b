using System.Globalization;
using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Runs;
using Association.Office.Tests.Trial;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>What is stored of the schedule follows the declarations, and a person's pause outlives them.</summary>
public sealed class StoredScheduleTests : JobOffice
{
    private static readonly DateTimeOffset Noon = ScheduleTests.Berlin("2026-11-10 12:00");

    [Fact]
    public async Task a_pause_outlives_a_restart_and_a_new_expression()
    {
        var first = await HostAsync(Noon, jobs: TrialModule.Job("trial.nightly"));
        await UntilScheduledAsync("trial.nightly");
        await first.InvokeAsync(new PauseJob("trial.nightly"));
        await first.StopAsync();

        var second = await HostAsync(Noon.AddDays(1), jobs: TrialModule.Job("trial.nightly", "0 0 5 * * ?", LateRun.Skip));
        await UntilAsync(async () => (await FieldsAsync("Cron")).GetValueOrDefault("trial.nightly") is "0 0 5 * * ?");
        (await StateAsync(second)).IsPaused.ShouldBeTrue();

        await second.InvokeAsync(new ResumeJob("trial.nightly"));
        (await StateAsync(second)).Next.ShouldBe(ScheduleTests.Berlin("2026-11-12 05:00"));
        (await RunsOfAsync("trial.nightly")).ShouldBeEmpty("what fell into the pause is not made up for");
    }

    [Fact]
    public async Task a_command_line_pauses_and_resumes_without_a_scheduler_even_before_the_first_office()
    {
        var verb = await HostAsync(Noon, running: false, TrialModule.Job("trial.nightly"));
        (await StateAsync(verb)).Next.ShouldBe(ScheduleTests.Berlin("2026-11-11 02:30"));
        await verb.InvokeAsync(new PauseJob("trial.nightly"));
        await verb.InvokeAsync(new PauseJob("trial.nightly"));
        (await StateAsync(verb)).IsPaused.ShouldBeTrue();

        var office = await HostAsync(Noon, jobs: TrialModule.Job("trial.nightly"));
        await UntilScheduledAsync("trial.nightly");
        await UntilAsync(async () => (await ReadAsync<string>("select id from hangfire.server")).Count > 0);
        (await StateAsync(office)).IsPaused.ShouldBeTrue();
        await verb.InvokeAsync(new ResumeJob("trial.nightly"));
        (await StateAsync(office)).Next.ShouldBe(ScheduleTests.Berlin("2026-11-11 02:30"));
        (await ReadAsync<string>("select id from hangfire.server")).Count.ShouldBe(1, "the verb is no server");
    }

    [Fact]
    public async Task what_falls_into_a_pause_is_left_out_whether_a_host_runs_meanwhile_or_not()
    {
        var job = TrialModule.Job("trial.often", "0/1 * * * * ?");
        var host = await HostAsync(jobs: job);
        await UntilAsync(async () => (await EffectsAsync()).Count > 0);
        await host.InvokeAsync(new PauseJob("trial.often"));
        var paused = host.Now;
        await UntilAsync(async () =>
            (await FieldsAsync("LastExecution")).TryGetValue("trial.often", out var found)
            && DateTimeOffset.Parse(found, CultureInfo.InvariantCulture) > paused.AddSeconds(2)
        );
        await host.StopAsync();
        await host.InvokeAsync(new ResumeJob("trial.often"));
        var resumed = host.Now;

        var next = await HostAsync(jobs: job);
        await UntilAsync(async () => (await RunsOfAsync("trial.often"))[^1] > resumed);
        await next.StopAsync();
        (await RunsOfAsync("trial.often")).Where(t => t > paused && t <= resumed.AddSeconds(-1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_job_that_the_release_no_longer_has_is_gone_and_hosts_that_start_at_once_agree()
    {
        var old = await HostAsync(Noon, jobs: [TrialModule.Job("trial.removed"), TrialModule.Job("trial.nightly")]);
        await UntilScheduledAsync("trial.removed", "trial.nightly");
        await old.StopAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => HostAsync(Noon, jobs: TrialModule.Job("trial.nightly", "0 0 4 * * ?"))));
        await UntilAsync(async () =>
            (await FieldsAsync("Job")).Keys.Order().ToList() is ["operation.forget-runs", "operation.verify-books", "today.digests", "trial.nightly"]
        );
        await UntilAsync(async () => (await ReadAsync<string>("select id from hangfire.server")).Count == 3);
        (await FieldsAsync("Cron"))["trial.nightly"].ShouldBe("0 0 4 * * ?");
    }

    [Theory]
    [InlineData("every night", "cannot be read")]
    [InlineData("0 30 25 * * ?", "cannot be read")]
    [InlineData("0 30 2 30 2 ?", "never comes again")]
    public async Task a_wrong_expression_stops_the_start_and_says_which(string cron, string why)
    {
        var refused = await Should.ThrowAsync<JobDeclarationException>(() => HostAsync(jobs: TrialModule.Job("trial.odd", cron)));
        refused.Message.ShouldContain("'trial.odd'");
        refused.Message.ShouldContain($"'{cron}'");
        refused.Message.ShouldContain(why);
    }

    [Fact]
    public async Task a_job_without_handler_and_a_name_used_twice_stop_the_start()
    {
        var refused = await Should.ThrowAsync<JobDeclarationException>(() =>
            HostAsync(jobs: [TrialModule.Job("trial.twice"), TrialModule.Job("trial.twice", message: _ => "nobody")])
        );
        refused.Message.ShouldContain("'trial.twice' is declared 2 times");
        refused.Message.ShouldContain("sends a message that nobody handles");
    }

    private static async Task<JobView> StateAsync(JobHost host) => (await host.AskAsync(new ListJobs())).Single(j => j.Declaration.Name == "trial.nightly");
}
