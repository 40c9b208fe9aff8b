using Association.Platform.Data.Kernel;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Kernel;

/// <summary>A business date is the day in Germany, wherever the machine stands.</summary>
public sealed class BusinessCalendarTests
{
    [Theory]
    [InlineData("2026-12-31T22:59:59Z", "2026-12-31")] // winter: an hour before midnight
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01")]
    [InlineData("2027-06-30T21:59:59Z", "2027-06-30")] // summer: two hours
    [InlineData("2027-06-30T22:00:00Z", "2027-07-01")]
    public void the_day_changes_at_midnight_in_germany(string instant, string day) =>
        DateTimeOffset
            .Parse(instant, System.Globalization.CultureInfo.InvariantCulture)
            .ToBusinessDate()
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(day);

    [Fact]
    public void a_shifted_clock_runs_on_from_another_day()
    {
        var real = new FakeClock(new DateOnly(2026, 11, 21));
        var shifted = new ShiftedClock(new DateOnly(2027, 1, 15), real);
        shifted.Today().ShouldBe(new DateOnly(2027, 1, 15));
        var before = shifted.GetUtcNow();
        real.Advance(TimeSpan.FromHours(36));
        (shifted.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(36));
        shifted.Today().ShouldBe(new DateOnly(2027, 1, 17));
    }

    [Fact]
    public void a_clock_shifted_into_summer_keeps_the_day()
    {
        // 23:30 in winter is 00:30 in summer: the shift must not make it the next day.
        var real = new FakeClock();
        real.Set(new DateTimeOffset(2026, 11, 21, 22, 30, 0, TimeSpan.Zero));
        new ShiftedClock(new DateOnly(2027, 7, 1), real).Today().ShouldBe(new DateOnly(2027, 7, 1));
    }
}
