using System.Globalization;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>Which times of an expression are meant when the schedule is found due.</summary>
public sealed class DueTimesTests
{
    private const string Nightly = "0 30 2 * * ?";

    [Theory]
    [InlineData(Nightly, "2026-11-11 02:30:04", "2026-11-10 02:30", LateRun.Skip, "2026-11-11 02:30")] // a few seconds are not late
    [InlineData(Nightly, "2026-11-11 02:30:59", null, LateRun.Skip, "2026-11-11 02:30")]
    [InlineData(Nightly, "2026-11-11 02:31", "2026-11-10 02:30", LateRun.Skip, "")]
    [InlineData(Nightly, "2026-11-13 08:00", "2026-11-10 02:30", LateRun.Once, "2026-11-13 02:30")] // the latest of three nights
    [InlineData(Nightly, "2026-11-13 08:00", null, LateRun.Once, "2026-11-13 02:30")]
    [InlineData(Nightly, "2026-11-11 02:30:04", "2026-11-11 02:30", LateRun.Once, "2026-11-11 02:30")] // fired before: the same time, and so the same id
    [InlineData("0/20 * * * * ?", "2026-11-11 02:30:45", "2026-11-11 02:30", LateRun.Once, "2026-11-11 02:30:20, 2026-11-11 02:30:40")] // all that came since the last look
    [InlineData("0/20 * * * * ?", "2026-11-11 02:30:45", "2026-11-11 02:00", LateRun.Once, "2026-11-11 02:30, 2026-11-11 02:30:20, 2026-11-11 02:30:40")] // and of the late ones none
    [InlineData("0/20 * * * * ?", "2026-11-11 02:30:45", null, LateRun.Once, "2026-11-11 02:30:40")] // nothing from before its beginning
    [InlineData("0 0 6 29 2 ?", "2027-03-01 00:00", null, LateRun.Once, "2024-02-29 06:00")]
    [InlineData("0 30 2 30 2 ?", "2026-11-11 02:30", null, LateRun.Once, "")]
    public void what_is_due(string cron, string now, string? fired, LateRun late, string due) =>
        string.Join(
                ", ",
                CronTimes
                    .Of(cron)
                    .Due(ScheduleTests.Berlin(now), fired is null ? null : ScheduleTests.Berlin(fired), late)
                    .Select(t => t.ToString(t.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            )
            .ShouldBe(due);
}
