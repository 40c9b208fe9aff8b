using System.Diagnostics;
using System.Globalization;
using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Crashes;

/// <summary>Processes are killed at random moments: no message is lost, no effect is there twice. This process only sends and looks.</summary>
public sealed class KillTests(RunLog log) : TrialOffice(working: false), IClassFixture<RunLog>
{
    private const int Enough = 500; // effects still to come: then a host that is killed is at work

    private static readonly int Rounds = RunLog.IsLong ? 200 : 8;

    [Fact]
    public async Task after_any_number_of_kills_of_two_hosts_every_effect_is_there_exactly_once()
    {
        var mixture = new Mixture();
        var hosts = new[] { StartAsync(), StartAsync() };
        var kills = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var publishing = await MissingAsync(mixture) < Enough ? mixture.PublishAsync(Anna.Bus, 30) : Task.CompletedTask;
            var victims = round % 7 == 6 ? new[] { 0, 1 } : [round % 2]; // now and then both at once
            foreach (var victim in victims)
                await hosts[victim];
            await Task.Delay(Random.Shared.Next(150)); // the moment is left to chance
            foreach (var victim in victims)
            {
                await using (var host = await hosts[victim])
                    await host.KillAsync();
                hosts[victim] = StartAsync();
                kills++;
            }
            await publishing;
        }
        await SettleAsync(mixture);
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty(); // nothing is left, nothing comes twice after the last
        foreach (var host in hosts)
            await (await host).DisposeAsync();
        mixture.ShouldBeExactly(await ReadAsync<string>(Mixture.Effects));
        log.Say($"{Rounds} rounds with {kills} kills of hosts at work");
    }

    [Fact]
    public async Task one_of_two_hosts_is_killed_amid_many_messages_and_the_other_finishes_them()
    {
        var amount = RunLog.IsLong ? 20_000 : 2_000;
        await using var survivor = await StartAsync("work-calmly"); // what is measured is how it goes on, not the pauses of failures
        await using var victim = await StartAsync("work-calmly");
        for (var first = 0; first < amount; first += 500)
            await Anna.Bus.InvokeAsync(new SellStamps(500, first));
        await UntilAsync(async () => await StampsAsync() > amount / 4);
        await victim.KillAsync();
        var (killed, left) = (Stopwatch.GetTimestamp(), amount - await StampsAsync());
        await UntilAsync(async () => (await ReadAsync<long>("select count(*) from messaging.wolverine_nodes"))[0] == 1);
        var free = Stopwatch.GetElapsedTime(killed); // what it had taken belongs to nobody in the same statement
        await UntilAsync(async () => await StampsAsync() >= amount);
        var done = Stopwatch.GetElapsedTime(killed);
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty();
        (await ReadAsync<string>("select subject from trial.effect where queue = 'stamp'"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, amount).Select(n => n.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
        log.Say(
            $"of {amount} messages {left} were left when a host was killed; "
                + $"its own were free after {free.TotalSeconds:0.00} s, all done after {done.TotalSeconds:0.0} s"
        );
    }

    [Fact]
    public async Task a_killed_sender_leaves_a_message_for_every_change_it_committed_and_for_no_other()
    {
        var rounds = RunLog.IsLong ? 40 : 3;
        var said = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            await using var sender = await ChildProcess.StartAsync("send", Office.ConnectionString, $"r{round}");
            for (var i = Random.Shared.Next(1, 60); i > 0; i--)
                said.Add(await sender.ReadLineAsync());
            await sender.KillAsync();
        }
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        var made = await ReadAsync<string>("select name from trial.thing");
        said.Except(made).ShouldBeEmpty("these were said to be committed");
        (await EffectsAsync()).Order().ShouldBe(made.SelectMany(name => new[] { $"first:{name}", $"second:{name}" }).Order());
        log.Say($"{rounds} rounds with kills of senders");
    }

    [Fact]
    public async Task what_a_killed_process_left_is_finished_by_whoever_drains_everything_and_its_death_is_no_failed_attempt()
    {
        await using (var child = await ChildProcess.StartAsync("work-slowly", Office.ConnectionString))
        {
            for (var i = 0; i < 50; i++)
                await Anna.Bus.PublishAsync(new ThingMade($"{i}"));
            await UntilAsync(async () => (await EffectsAsync()).Any(e => e.StartsWith("first", StringComparison.Ordinal)));
            await child.KillAsync();
        }
        var other = Office.As("office2");
        (await other.DrainAsync()).Handled.ShouldBeEmpty(); // not its own
        await other.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        (await EffectsAsync()).Order().ShouldBe(Enumerable.Range(0, 50).SelectMany(i => new[] { $"first:{i}", $"second:{i}" }).Order());
        (await Anna.DrainAsync()).Handled.ShouldAllBe(m => m.Attempts == 0);
    }

    // As long as something happens; who waits in vain is told what is missing.
    private async Task SettleAsync(Mixture mixture)
    {
        for (
            long missing = await MissingAsync(mixture), before = missing + 1;
            0 < missing && missing < before;
            (before, missing) = (missing, await MissingAsync(mixture))
        )
        {
            var last = missing;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!patience.IsCancellationRequested && await MissingAsync(mixture) == last)
                await Task.Delay(50);
        }
    }

    private async Task<long> MissingAsync(Mixture mixture) =>
        mixture.Missing((await ReadAsync<long>($"select count(*) from ({Mixture.Effects}) as effects"))[0]);

    private async Task<long> StampsAsync() => (await ReadAsync<long>("select count(*) from trial.effect where queue = 'stamp'"))[0];

    private Task<ChildProcess> StartAsync(string how = "work") => ChildProcess.StartAsync(how, Office.ConnectionString);
}
