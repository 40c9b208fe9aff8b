using Association.Billing.Invoices.Issuing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class TargetCalendarTests
{
    [Theory]
    [InlineData("2027-02-15", true)]  // Monday
    [InlineData("2027-02-13", false)] // Saturday
    [InlineData("2027-02-14", false)] // Sunday
    [InlineData("2027-01-01", false)] // New Year
    [InlineData("2027-03-26", false)] // Good Friday
    [InlineData("2027-03-29", false)] // Easter Monday
    [InlineData("2028-05-01", false)] // Labour Day, a Monday
    [InlineData("2029-12-25", false)] // Christmas, a Tuesday
    [InlineData("2029-12-26", false)]
    [InlineData("2029-12-24", true)]  // no holiday of TARGET
    [InlineData("2027-05-06", true)]  // Ascension Day: German holidays do not count
    [InlineData("2029-10-03", true)]  // German Unity Day
    public void target_is_closed_at_weekends_and_on_its_own_holidays_only(string day, bool open) =>
        TargetCalendar.IsOpen(Day(day)).ShouldBe(open);

    [Theory]
    [InlineData("2027-02-15", "2027-02-15")]
    [InlineData("2026-02-15", "2026-02-16")] // Sunday
    [InlineData("2027-03-26", "2027-03-30")] // over Easter
    [InlineData("2026-12-25", "2026-12-28")] // Christmas before a weekend
    public void a_collection_moves_to_the_next_open_day(string due, string collected) => TargetCalendar.SameOrNext(Day(due)).ShouldBe(Day(collected));

    [Theory]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")] // early
    [InlineData("2011-04-24")] // late
    [InlineData("2024-03-31")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2038-04-25")] // the latest possible
    public void easter_is_where_the_tables_have_it(string sunday) => TargetCalendar.EasterSunday(Day(sunday).Year).ShouldBe(Day(sunday));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
