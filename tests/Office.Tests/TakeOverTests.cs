using System.Diagnostics;
using System.Globalization;
using Association.Office.Tests.Trial;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>A host is killed while it fires a job.</summary>
public sealed class TakeOverTests : JobOffice
{
    private static readonly DateTimeOffset Time = ScheduleTests.Berlin("2026-11-10 02:30");

    [Fact]
    public async Task a_run_whose_host_was_killed_before_it_was_stored_happens_once_on_another()
    {
        using var child = await FireAsync();
        await KillAsync(child);
        (await RunsOfAsync("trial.nightly")).ShouldBeEmpty();
        await TakeOverAsync();
    }

    [Fact]
    public async Task a_run_whose_host_was_killed_after_it_was_stored_happens_once_although_it_is_fired_again()
    {
        using var child = await FireAsync();
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            // So that the host cannot tell the others that it has fired.
            await using (var hold = new NpgsqlCommand("lock table hangfire.job, hangfire.jobqueue in share row exclusive mode", connection, transaction))
                await hold.ExecuteNonQueryAsync();
            await child.StandardInput.WriteLineAsync();
            await UntilAsync(async () => (await RunsOfAsync("trial.nightly")).Count == 1);
            await KillAsync(child);
        }
        await TakeOverAsync();
    }

    private async Task<Process> FireAsync()
    {
        await ScheduleAsync(Time.AddHours(-12), TrialModule.Job("trial.nightly"));
        var child = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [typeof(TakeOverTests).Assembly.Location, "fire", ConnectionString, Time.AddSeconds(1).ToString("O", CultureInfo.InvariantCulture)]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await using var _ = patience.Token.Register(() => child.Kill());
        while (await child.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            if (line == "firing")
                return child;
        await child.WaitForExitAsync(CancellationToken.None);
        throw new InvalidOperationException($"The child process ended with {child.ExitCode} before it fired.");
    }

    private static async Task KillAsync(Process child)
    {
        child.Kill(); // SIGKILL: nothing is tidied up
        await child.WaitForExitAsync();
    }

    private async Task TakeOverAsync()
    {
        (await ReadAsync<string>("select j.arguments from hangfire.jobqueue q join hangfire.job j on j.id = q.jobid where q.fetchedat is not null"))
            .ShouldHaveSingleItem("the dead host has not finished firing")
            .ShouldContain("trial.nightly");
        var host = await HostAsync(Time.AddMinutes(2), jobs: TrialModule.Job("trial.nightly"));
        await UntilAsync(async () => (await ReadAsync<long>("select count(*) from hangfire.jobqueue")) is [0]); // when the dead host has been silent for too long
        await UntilAsync(async () => (await EffectsAsync()).Count > 0 && (await ReadAsync<long>("select count(*) from messaging.message")) is [0]);
        await host.StopAsync();

        (await RunsOfAsync("trial.nightly")).ShouldBe([Time]);
        (await EffectsAsync()).ShouldBe(["trial.nightly"]);
    }
}
