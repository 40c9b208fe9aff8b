using System.Diagnostics;
using System.Globalization;
using Association.Operation.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Operation.Tests;

/// <summary>A host is killed between the moment when the schedule fires and the moment when the run is stored.</summary>
public sealed class TakeOverTests : JobOffice
{
    [Fact]
    public async Task a_run_whose_host_was_killed_while_firing_happens_once_on_another()
    {
        var time = ScheduleTests.Berlin("2026-11-10 02:30");
        using (var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(TakeOverTests).Assembly.Location, "fire", ConnectionString, time.AddSeconds(-3).ToString("O", CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!)
        {
            while (await child.StandardOutput.ReadLineAsync() is { } line && line != "firing")
            {
                // until the schedule fired
            }
            child.HasExited.ShouldBeFalse();
            child.Kill(); // SIGKILL: nothing is tidied up
            await child.WaitForExitAsync();
        }
        (await RunsOfAsync("trial.nightly")).ShouldBeEmpty();

        await HostAsync(time.AddMinutes(2), jobs: TrialModule.Job("trial.nightly")); // so late that the dead host has missed its check-ins
        await UntilAsync(async () => (await EffectsAsync()).Count > 0);

        (await RunsOfAsync("trial.nightly")).ShouldBe([time]);
        (await EffectsAsync()).ShouldBe(["trial.nightly"]);
    }
}
