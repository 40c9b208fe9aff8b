using Association.Office.Operation.Jobs.Runs;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>Runs that are not what they seem are told apart.</summary>
public sealed class RunViewTests
{
    [Theory]
    [InlineData("2026-11-13 02:30", "2026-11-13 02:30:20", null, false, null)] // at its time
    [InlineData("2026-11-13 02:30", "2026-11-13 08:00", null, true, null)] // after nights without a host
    [InlineData("2026-11-30 22:45", "2026-11-30 22:45:01", "Rüdiger Lambert", false, null)] // by hand
    [InlineData("2026-11-30 23:59:59", "2026-11-30 23:59:59.9", "Rüdiger Lambert", false, null)]
    [InlineData("2027-11-01 22:45", "2026-11-30 22:45:01", "Rüdiger Lambert", false, "2027-11-01")] // a demo on another day
    public void what_was_made_up_for_and_what_ran_as_on_another_day_is_said(string meant, string started, string? by, bool madeUp, string? otherDay)
    {
        var run = new JobRunView(
            Guid.Empty,
            "trial.nightly",
            ScheduleTests.Berlin(meant),
            by,
            ScheduleTests.Berlin(started),
            null,
            JobRunOutcome.Done,
            null,
            null,
            []
        );
        run.IsMadeUp.ShouldBe(madeUp);
        run.OtherDay?.ToString("O", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(otherDay);
        (run.OtherDay is null).ShouldBe(otherDay is null);
    }
}
