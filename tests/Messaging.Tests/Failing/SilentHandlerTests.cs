using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Failing;

/// <summary>A handler that says nothing to the database for too long: its host froze, or lost its network.</summary>
public sealed class SilentHandlerTests()
    : TrialOffice(options =>
    {
        options.HandlerSilence = TimeSpan.FromSeconds(1);
        options.PollInterval = TimeSpan.FromMilliseconds(50);
        options.RetryDelayScale = 0;
    })
{
    [Fact]
    public async Task a_handler_that_is_silent_for_too_long_loses_its_claim_and_has_one_effect_together_with_the_one_that_took_over()
    {
        var runs = 0;
        var taken = new TaskCompletionSource();
        Board.On(
            "first",
            async (_, _) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                    await taken.Task; // holds until the second run is through
            }
        );
        await Anna.Bus.SendAsync(new ThingMade("chair"));
        await UntilAsync(async () => (await EffectsAsync()).Contains("first:chair"));
        taken.SetResult();
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();
        runs.ShouldBe(2);
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "second:chair"]);
        (await ReadAsync<int>("select max(attempts) from messaging.handled")).ShouldBe([0]); // to lose a claim is no failed attempt
    }
}
