using System.Collections.Concurrent;
using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Delivering;

/// <summary>Messages of one group are handled in the order of commit, retries included; groups do not wait for each other.</summary>
public sealed class OrderTests : TrialOffice
{
    [Fact]
    public async Task a_group_keeps_its_order_while_members_of_it_fail_and_others_run_beside_it()
    {
        var failed = new ConcurrentDictionary<string, int>();
        Board.On("step", step => { if (Random.Shared.Next(4) == 0 && failed.AddOrUpdate(step, 1, (_, n) => n + 1) < 5) throw new TimeoutException(); });
        var lines = Enumerable.Range(0, 5).Select(i => $"{(char)('a' + i)}").ToList();
        await Task.WhenAll(lines.Select(async line =>
        {
            var bus = Office.As("office").Bus;
            for (var i = 0; i < 20; i++) await bus.PublishAsync(new StepDone(line, i));
        }));
        await UntilAsync(async () => (await EffectsAsync()).Count == 100);
        foreach (var line in lines)
            (await ReadAsync<int>("select subject::int from trial.effect where queue = @line order by at", new { line })).ShouldBe(Enumerable.Range(0, 20));
        failed.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_failing_head_holds_its_group_until_it_is_a_dead_letter_and_no_other_group()
    {
        var released = new TaskCompletionSource();
        Board.On("step", async (step, _) =>
        {
            if (step != "a1") return;
            await released.Task;
            throw new InvalidOperationException("poison");
        });
        foreach (var step in new[] { new StepDone("a", 1), new StepDone("a", 2), new StepDone("b", 1) }) await Anna.Bus.PublishAsync(step);
        await UntilAsync(async () => (await EffectsAsync()).Count > 0);
        (await EffectsAsync()).ShouldBe(["b:1"]);
        released.SetResult();
        var report = await Anna.DrainAsync();
        (await EffectsAsync()).ShouldBe(["b:1", "a:2"]);
        report.DeadLettered.Count.ShouldBe(1);
    }

    [Fact]
    public async Task concurrent_senders_of_one_group_are_handled_in_the_order_of_their_commits()
    {
        var failed = new ConcurrentDictionary<string, bool>();
        Board.On("step", step => { if (Random.Shared.Next(8) == 0 && failed.TryAdd(step, true)) throw new TimeoutException(); });
        var clock = 0;
        var sent = new ConcurrentBag<(int Number, int Began, int Ended)>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async sender =>
        {
            var bus = Office.As("office").Bus;
            for (var i = 0; i < 15; i++)
            {
                var (number, began) = ((sender * 100) + i, Interlocked.Increment(ref clock));
                await (i % 3 == 0 ? bus.InvokeAsync(new TakeStep("one", number)) : bus.PublishAsync(new StepDone("one", number)).AsTask());
                sent.Add((number, began, Interlocked.Increment(ref clock)));
            }
        }));
        await UntilAsync(async () => (await EffectsAsync()).Count == 120);
        var place = (await ReadAsync<int>("select subject::int from trial.effect order by at")).Index().ToDictionary(p => p.Item, p => p.Index);
        var swapped = from one in sent from other in sent where one.Ended < other.Began && place[one.Number] > place[other.Number] select (one, other);
        swapped.ShouldBeEmpty(); // whose commit was known before another began comes before it
    }

    [Fact]
    public async Task a_strict_queue_has_one_order_whatever_the_messages_say()
    {
        for (var i = 0; i < 30; i++) await Anna.Bus.PublishAsync(new PagePrinted(i));
        await Anna.DrainAsync();
        (await EffectsAsync()).ShouldBe(Enumerable.Range(0, 30).Select(i => $"page:{i}"));
    }

    [Fact]
    public async Task many_groups_are_all_served()
    {
        for (var i = 0; i < 300; i++) await Anna.Bus.PublishAsync(new StepDone($"g{i:000}", i));
        (await Anna.DrainAsync()).Handled.Count.ShouldBe(300);
    }
}
