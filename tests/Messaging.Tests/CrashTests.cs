using System.Diagnostics;
using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests;

/// <summary>Processes that handle messages are killed at random moments: no message is lost, no effect is there twice.</summary>
public sealed class CrashTests() : TrialOffice(Configure, working: false)
{
    private const int Burst = 100;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("ASSOCIATION_LONG_TESTS") == "true" ? 200 : 3;

    internal static void Configure(MessagingOptions options)
    {
        options.Lease = TimeSpan.FromSeconds(1);
        options.LeaseRenewal = TimeSpan.FromMilliseconds(250);
        options.PollInterval = TimeSpan.FromMilliseconds(100);
        options.MaxInterruptions = int.MaxValue; // here every process dies, again and again
    }

    [Fact]
    public async Task after_any_number_of_kills_every_effect_is_there_exactly_once()
    {
        var bystander = await StartAsync(); // a second process, which takes over
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Burst; i++)
            {
                await Anna.Bus.PublishAsync(new ThingMade($"{round}-{i}"));
                if (i % 10 == 0) await Anna.Bus.PublishAsync(new StepDone($"line {round}", i));
            }
            var victim = await StartAsync();
            await Task.Delay(Random.Shared.Next(300));
            await KillAsync(round % 2 == 0 ? victim : bystander);
            if (round % 2 != 0) bystander = victim;
        }
        await UntilAsync(async () => await ReadAsync<long>("select count(*) from messaging.message") is [0]);
        await KillAsync(bystander);

        (await ReadAsync<long>("select count(*) from messaging.dead_letter")).ShouldBe([0]);
        (await ReadAsync<string>("select queue || ' ' || subject from trial.effect group by queue, subject having count(*) > 1")).ShouldBeEmpty();
        (await ReadAsync<long>("select count(*) from trial.effect")).ShouldBe([Rounds * ((2 * Burst) + (Burst / 10))]);
        for (var round = 0; round < Rounds; round++)
            (await ReadAsync<int>("select subject::int from trial.effect where queue = @line order by at", new { line = $"line {round}" })).ShouldBe(Enumerable.Range(0, Burst / 10).Select(i => i * 10));
    }

    [Fact]
    public async Task when_the_database_drops_every_connection_under_load_nothing_is_lost_and_nothing_is_there_twice()
    {
        for (var i = 0; i < 5; i++) await Anna.Bus.InvokeAsync(new SellStamps(40));
        for (var i = 0; i < 200; i++) await Anna.Bus.PublishAsync(new StepDone("line", i));
        var host = await HostAsync(Office.ConnectionString, Configure);
        for (var i = 0; i < 5; i++)
        {
            await Task.Delay(Random.Shared.Next(100));
            await UntilAsync(async () =>
            {
                try
                {
                    await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
                    return true;
                }
                catch (Npgsql.NpgsqlException)
                {
                    return false; // a pooled connection of our own was among them
                }
            });
        }
        Office.Database.Clear(); // its idle connections are dead
        await UntilAsync(async () => await ReadAsync<long>("select count(*) from messaging.message where attempts = 0 or due_at < now()") is [0]);
        await StopAsync(host);
        await ExecuteAsync("update messaging.message set due_at = now()"); // what failed more often than the cooldowns waits for a minute
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();

        (await ReadAsync<string>("select exception_text from messaging.dead_letter")).ShouldBeEmpty();
        (await ReadAsync<int>("select subject::int from trial.effect where queue = 'line' order by at")).ShouldBe(Enumerable.Range(0, 200));
        (await ReadAsync<long>("select count(*) from trial.effect where queue = 'stamp'")).ShouldBe([200]);
        (await ReadAsync<long>("select count(*) from trial.effect where queue = 'sheet'")).ShouldBe([20]);
    }

    private async Task<Process> StartAsync()
    {
        var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(CrashTests).Assembly.Location, "work", Office.ConnectionString])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            if (line == "working") return child;
        throw new InvalidOperationException($"The child process ended with {child.ExitCode} before it worked.");
    }

    private static async Task KillAsync(Process child)
    {
        child.Kill(); // SIGKILL: nothing is tidied up
        await child.WaitForExitAsync();
        child.Dispose();
    }
}
