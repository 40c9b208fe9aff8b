using System.Globalization;
using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Runs;
using Association.Office.Tests.Trial;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>Times come, hosts come and go: every run that is due happens once.</summary>
public sealed class ScheduleTests : JobOffice
{
    [Fact]
    public async Task two_hosts_fire_each_time_once()
    {
        var job = TrialModule.Job("trial.often", "0/1 * * * * ?");
        var hosts = await Task.WhenAll(HostAsync(jobs: job), HostAsync(jobs: job));
        await UntilAsync(async () => (await EffectsAsync()).Count >= 8);
        foreach (var host in hosts)
            await host.StopAsync();

        var times = await RunsOfAsync("trial.often");
        times.Zip(times.Skip(1), (a, b) => b - a).ShouldAllBe(d => d == TimeSpan.FromSeconds(1), "no second was left out");
        (await ReadAsync<long>("select count(*) from trial.effect group by run having count(*) > 1")).ShouldBeEmpty();
        (await EffectsAsync()).Count.ShouldBeLessThanOrEqualTo(times.Count);
    }

    [Theory]
    [InlineData(LateRun.Once, "2026-11-13T01:30:00Z")]
    [InlineData(LateRun.Skip, null)]
    public async Task after_three_nights_without_a_host_the_declaration_says_what_happens(LateRun late, string? run)
    {
        var job = TrialModule.Job("trial.nightly", late: late);
        await ScheduleAsync(Berlin("2026-11-10 12:00"), job);

        var after = await HostAsync(Berlin("2026-11-13 08:00"), jobs: job);
        await UntilAsync(async () =>
            (await after.AskAsync(new ListJobs())).Single(j => j.Declaration.Name == "trial.nightly").Next == Berlin("2026-11-14 02:30")
        );
        if (run is not null)
            await UntilAsync(async () => (await EffectsAsync()).Count > 0);
        await after.StopAsync();

        (await RunsOfAsync("trial.nightly")).ShouldBe(run is null ? [] : [Utc(run)], "once, for the latest of the nights");
        (await EffectsAsync()).Count.ShouldBe(run is null ? 0 : 1);
    }

    [Theory]
    [InlineData("2026-03-28 12:00", "2026-03-29T01:00:00Z", "2026-03-30 02:30")] // 02:30 does not exist: it comes when the missing hour is over
    [InlineData("2026-10-24 12:00", "2026-10-25T00:30:00Z", "2026-10-26 02:30")] // 02:30 exists twice: it comes in summer time, and not again an hour later
    [InlineData("2027-03-27 12:00", "2027-03-28T01:00:00Z", "2027-03-29 02:30")]
    public async Task half_past_two_comes_once_on_the_days_when_the_clock_changes(string before, string run, string next)
    {
        await ScheduleAsync(Berlin(before), TrialModule.Job("trial.nightly"));
        var host = await HostAsync(Utc(run).AddSeconds(1), jobs: TrialModule.Job("trial.nightly"));
        await UntilAsync(async () => (await EffectsAsync()).Count > 0);
        (await RunsOfAsync("trial.nightly")).ShouldBe([Utc(run)]);
        await UntilAsync(async () => (await host.AskAsync(new ListJobs())).Single(j => j.Declaration.Name == "trial.nightly").Next == Berlin(next));
    }

    [Fact]
    public async Task firing_the_same_time_again_changes_nothing()
    {
        var host = await HostAsync(jobs: TrialModule.Job("trial.nightly"));
        var time = Berlin("2026-11-10 02:30");
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    await using var scope = host.Scope(role: null);
                    await Association.Platform.Messaging.TrackedSession.InvokeAndWaitAsync(scope.ServiceProvider, new FireJob("trial.nightly", time));
                })
        );

        (await ReadAsync<Guid>("select run from trial.effect")).ShouldBe([JobRunId.Of("trial.nightly", time)]);
        (await ReadAsync<DateOnly>("select day from trial.effect")).ShouldBe([new DateOnly(2026, 11, 10)]);
    }

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    internal static DateTimeOffset Berlin(string time)
    {
        var wallClock = DateTime.Parse(time, CultureInfo.InvariantCulture);
        return new DateTimeOffset(wallClock, BusinessCalendar.Zone.GetUtcOffset(wallClock));
    }
}
