using Association.Messaging.Tests.Trial;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Crashes;

/// <summary>Processes are killed at random moments: no message is lost, no effect is there twice. This process only sends and looks.</summary>
public sealed class KillTests(RunLog log) : TrialOffice(working: false), IClassFixture<RunLog>
{
    private static readonly int Rounds = RunLog.IsLong ? 200 : 4;

    [Fact]
    public async Task after_any_number_of_kills_of_two_hosts_every_effect_is_there_exactly_once()
    {
        var mixture = new Mixture();
        var hosts = new[] { StartAsync(), StartAsync() };
        var kills = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var publishing = mixture.PublishAsync(Anna.Bus, 30);
            var victims = round % 7 == 6 ? new[] { 0, 1 } : [round % 2]; // now and then both at once
            foreach (var victim in victims) await hosts[victim];
            await Task.Delay(Random.Shared.Next(150)); // the moment is left to chance
            foreach (var victim in victims)
            {
                await using (var host = await hosts[victim]) await host.KillAsync();
                hosts[victim] = StartAsync();
                kills++;
            }
            await publishing;
        }
        await UntilAsync(async () => mixture.IsDone((await ReadAsync<long>("select count(*) from trial.effect"))[0]));
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty(); // nothing is left, nothing comes twice after the last
        foreach (var host in hosts) await (await host).DisposeAsync();
        mixture.ShouldBeExactly(await ReadAsync<string>("select queue || ' ' || subject from trial.effect order by at"));
        log.Say($"{Rounds} rounds with {kills} kills of hosts at work");
    }

    [Fact]
    public async Task a_killed_sender_leaves_a_message_for_every_change_it_committed_and_for_no_other()
    {
        var rounds = RunLog.IsLong ? 40 : 3;
        var said = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            await using var sender = await ChildProcess.StartAsync("send", Office.ConnectionString, $"r{round}");
            for (var i = Random.Shared.Next(1, 60); i > 0; i--) said.Add(await sender.ReadLineAsync());
            await sender.KillAsync();
        }
        await Anna.Services.GetRequiredService<Platform.Messaging.IMessageDrain>().DrainEverythingAsync();
        var made = await ReadAsync<string>("select name from trial.thing");
        said.Except(made).ShouldBeEmpty("these were said to be committed");
        (await EffectsAsync()).Order().ShouldBe(made.SelectMany(name => new[] { $"first:{name}", $"second:{name}" }).Order());
        log.Say($"{rounds} rounds with kills of senders");
    }

    private Task<ChildProcess> StartAsync() => ChildProcess.StartAsync("work", Office.ConnectionString);
}
