using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Crashes;

/// <summary>A message whose handler takes its process down each time; somebody starts the process again, as a supervisor does.</summary>
public sealed class PoisonedProcessTests() : TrialOffice(working: false)
{
    private const string Poison = "13";

    internal static void Configure(MessagingOptions options)
    {
        options.PollInterval = TimeSpan.FromMilliseconds(50);
        options.RetryDelayScale = 0;
        options.MaxInterruptions = 2;
    }

    internal static void Behave(Switchboard board)
    {
        board.On("first", Die);
        board.On("stamp", Die);
    }

    [Fact]
    public async Task alone_it_ends_as_a_dead_letter_and_what_was_sent_before_and_after_it_is_handled()
    {
        foreach (var name in new[] { "chair", Poison, "table", "lamp" })
            await Anna.Bus.PublishAsync(new ThingMade(name));
        await DieUntilItIsParkedAsync("trial.thing-made/first-thing-made");
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "first:lamp", "first:table", "second:13", "second:chair", "second:lamp", "second:table"]);
    }

    [Fact]
    public async Task among_many_it_is_parked_alone()
    {
        await Anna.Bus.InvokeAsync(new SellStamps(30));
        await DieUntilItIsParkedAsync("trial.stamp-sold/stamp-sold");
        (await ReadAsync<int>("select subject::int from trial.effect where queue = 'stamp' order by 1")).ShouldBe(Enumerable.Range(0, 30).Where(i => i != 13));
        (await ReadAsync<int>("select subject::int from trial.effect where queue = 'sheet' order by 1")).ShouldBe([0, 10, 20]);
    }

    private static void Die(string subject)
    {
        if (subject == Poison)
            Environment.FailFast(null);
    }

    private async Task DieUntilItIsParkedAsync(string queue)
    {
        var deaths = 0;
        while (await ReadAsync<long>("select count(*) from messaging.dead_letter") is [0])
        {
            await using var host = await ChildProcess.BeginAsync("work-and-die", Office.ConnectionString);
            var end = host.EndAsync();
            await UntilAsync(async () => end.IsCompleted || await ReadAsync<long>("select count(*) from messaging.dead_letter") is not [0]);
            if (end.IsCompleted)
                deaths++;
            deaths.ShouldBeLessThan(10, "the poisoned message takes every process down for ever");
        }
        deaths.ShouldBeGreaterThan(0);
        (await Anna.DrainAsync())
            .DeadLettered.Select(l => l.Queue)
            .ShouldBe(
                [queue],
                string.Join('\n', await ReadAsync<string>("select queue || ' ' || body::text || ' ' || exception_text from messaging.dead_letter"))
            );
    }
}
