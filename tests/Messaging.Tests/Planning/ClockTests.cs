using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Planning;

/// <summary>
/// Wall clocks jump. A process's clock says only how far away a time is at the moment when it schedules a message; from then on the database's
/// clock decides, for all hosts alike.
/// </summary>
public sealed class ClockTests()
    : TrialOffice(options =>
    {
        options.PollInterval = TimeSpan.FromMilliseconds(200);
        options.RetryDelayScale = 1;
    })
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(400)]
    public async Task what_is_scheduled_comes_at_its_time_although_the_clock_jumps_meanwhile(int days)
    {
        var earliest = (await ReadAsync<DateTime>("select clock_timestamp()"))[0] + Soon;
        await Anna.Bus.ScheduleAsync(new ThingMade("soon"), Office.Clock.GetUtcNow() + Soon);
        await Anna.Bus.ScheduleAsync(new ThingMade("tomorrow"), Office.Clock.GetUtcNow().AddDays(1));
        Office.Clock.Advance(TimeSpan.FromDays(days));
        await UntilAsync(async () => (await EffectsAsync()).Count == 2);
        (await ReadAsync<DateTime>("select min(written_at) from trial.effect"))[0].ShouldBeGreaterThanOrEqualTo(earliest);
        (await Anna.DrainAsync()).Scheduled.Count.ShouldBe(2); // of tomorrow, which it is not in the database
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task what_is_scheduled_after_a_jump_is_as_far_away_as_this_clock_says(int days)
    {
        Office.Clock.Advance(TimeSpan.FromDays(days));
        await Anna.Bus.ScheduleAsync(new ThingMade("soon"), Office.Clock.GetUtcNow() + Soon);
        await Anna.Bus.PublishAsync(new ThingMade("now"));
        await UntilAsync(async () => (await EffectsAsync()).Count == 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task retries_come_although_the_clock_jumps_between_them(int days)
    {
        var runs = 0;
        Board.On(
            "first",
            _ =>
            {
                if (++runs == 3)
                    return;
                Office.Clock.Advance(TimeSpan.FromDays(days));
                throw new InvalidOperationException("not yet");
            }
        );
        await Anna.Bus.SendAsync(new ThingMade("chair"));
        await UntilAsync(async () => (await EffectsAsync()).Count == 2);
        (await Anna.DrainAsync()).Handled.Single(m => m.Queue.EndsWith("/first-thing-made", StringComparison.Ordinal)).Attempts.ShouldBe(2);
    }
}
