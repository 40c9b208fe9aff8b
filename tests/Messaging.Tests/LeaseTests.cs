using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests;

/// <summary>The one rule of recovery: a lease that runs out. No renewal here, and leases so short that every slow handler outlives its own.</summary>
public sealed class LeaseTests() : TrialOffice(options =>
{
    options.Lease = TimeSpan.FromMilliseconds(300);
    options.LeaseRenewal = Long;
    options.PollInterval = TimeSpan.FromMilliseconds(50);
})
{
    [Fact]
    public async Task a_handler_that_outlives_its_lease_has_one_effect_together_with_the_one_that_took_over()
    {
        var runs = 0;
        var taken = new TaskCompletionSource();
        Board.On("first", async (_, _) =>
        {
            if (Interlocked.Increment(ref runs) == 1) await taken.Task; // holds until the second run is through
        });
        await Anna.Bus.SendAsync(new ThingMade("chair"));
        await UntilAsync(async () => (await EffectsAsync()).Contains("first:chair"));
        taken.SetResult();
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();
        runs.ShouldBeGreaterThan(1);
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "second:chair"]);
    }
}

/// <summary>Leases as short, but renewed: whoever lives keeps its message.</summary>
public sealed class RenewalTests() : TrialOffice(options =>
{
    options.Lease = TimeSpan.FromMilliseconds(1500);
    options.LeaseRenewal = TimeSpan.FromMilliseconds(100);
    options.PollInterval = TimeSpan.FromMilliseconds(50);
})
{
    [Fact]
    public async Task a_slow_handler_keeps_its_message_as_long_as_its_process_lives()
    {
        var runs = 0;
        Board.On("first", async (_, ct) =>
        {
            Interlocked.Increment(ref runs);
            await Task.Delay(TimeSpan.FromSeconds(4), ct); // outlives its first lease by far
        });
        await Anna.Bus.SendAsync(new ThingMade("chair"));
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();
        runs.ShouldBe(1);
    }
}
