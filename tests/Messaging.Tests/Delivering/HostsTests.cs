using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Delivering;

/// <summary>Several processes on one database; this one only sends and looks.</summary>
public sealed class HostsTests() : TrialOffice(working: false)
{
    [Fact]
    public async Task a_host_finds_what_another_process_stored()
    {
        var host = await HostAsync(Office.ConnectionString);
        var heard = new TaskCompletionSource();
        host.GetRequiredService<Switchboard>().On("first", _ => heard.TrySetResult());
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await StopAsync(host);
    }

    [Fact]
    public async Task a_drain_waits_for_what_another_host_handles()
    {
        var host = await HostAsync(Office.ConnectionString);
        var seen = 0;
        host.GetRequiredService<Switchboard>().On("make", async (_, ct) => await Task.Delay(10, ct));
        host.GetRequiredService<Switchboard>().On("first", _ => Interlocked.Increment(ref seen));
        Board.On("first", _ => Interlocked.Increment(ref seen));
        for (var i = 0; i < 20; i++)
            await Anna.Bus.InvokeAsync(new MakeThing($"thing {i}"));
        var report = await Anna.DrainAsync();
        report.Handled.Count.ShouldBe(40);
        seen.ShouldBe(20);
        await StopAsync(host);
    }

    [Fact]
    public async Task what_a_person_caused_runs_as_the_product_itself_in_that_person_s_name()
    {
        Actor? actor = null;
        var host = await HostAsync(Office.ConnectionString);
        host.GetRequiredService<Switchboard>().OnUser = who => actor = who;
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await UntilAsync(() => Task.FromResult(actor is not null));
        await StopAsync(host);
        (actor!.IsSystem, actor.Id, actor.Name).ShouldBe((true, Anna.Actor.Id, Anna.Actor.Name));
    }
}
