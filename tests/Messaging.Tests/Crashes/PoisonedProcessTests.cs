using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Crashes;

/// <summary>A message whose handler takes its process down each time; somebody starts the process again, as a supervisor does.</summary>
public sealed class PoisonedProcessTests() : TrialOffice(working: false)
{
    private const string Poison = "poison";

    internal static void Configure(MessagingOptions options)
    {
        options.PollInterval = TimeSpan.FromMilliseconds(50);
        options.RetryDelayScale = 0;
        options.MaxInterruptions = 4;
    }

    internal static void Die(string subject)
    {
        if (subject == Poison) Environment.FailFast(null);
    }

    [Fact]
    public async Task it_ends_as_a_dead_letter_and_everything_else_is_done()
    {
        await Anna.Bus.PublishAsync(new ThingMade(Poison));
        var deaths = 0;
        while (await ReadAsync<long>("select count(*) from messaging.dead_letter") is [0])
        {
            await using var host = await ChildProcess.BeginAsync("work-and-die", Office.ConnectionString);
            var end = host.EndAsync();
            await UntilAsync(async () => end.IsCompleted || await ReadAsync<long>("select count(*) from messaging.dead_letter") is not [0]);
            if (end.IsCompleted && deaths++ == 0)
                foreach (var name in new[] { "chair", "table", "lamp" }) await Anna.Bus.PublishAsync(new ThingMade(name));
            deaths.ShouldBeLessThan(10, "the poisoned message takes every process down for ever");
        }
        deaths.ShouldBeGreaterThan(0);
        (await Anna.DrainAsync()).DeadLettered.Single().Queue.ShouldBe("trial.thing-made/first-thing-made");
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "first:lamp", "first:table", "second:chair", "second:lamp", "second:poison", "second:table"]);
    }
}
