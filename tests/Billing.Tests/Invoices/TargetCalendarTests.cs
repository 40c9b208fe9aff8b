using Association.Billing.Invoices.Issuing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class TargetCalendarTests
{
    [Theory]
    [InlineData("2027-02-15", true)] // Monday
    [InlineData("2027-02-13", false)] // Saturday
    [InlineData("2027-02-14", false)] // Sunday
    [InlineData("2027-01-01", false)] // New Year
    [InlineData("2027-03-26", false)] // Good Friday
    [InlineData("2027-03-29", false)] // Easter Monday
    [InlineData("2028-05-01", false)] // Labour Day, a Monday
    [InlineData("2029-12-25", false)] // Christmas, a Tuesday
    [InlineData("2029-12-26", false)]
    [InlineData("2029-12-24", true)] // no holiday of TARGET
    [InlineData("2027-05-06", true)] // Ascension Day: German holidays do not count
    [InlineData("2029-10-03", true)] // German Unity Day
    public void target_is_closed_at_weekends_and_on_its_own_holidays_only(string day, bool open) => TargetCalendar.IsOpen(Day(day)).ShouldBe(open);

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
    public void easter_is_where_the_tables_have_it(string sunday)
    {
        var around = Enumerable.Range(-4, 9).Select(Day(sunday).AddDays).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

        around.Where(d => !TargetCalendar.IsOpen(d)).ShouldBe([Day(sunday).AddDays(-2), Day(sunday).AddDays(1)]);
    }

    [Fact]
    public void for_a_hundred_years_it_is_the_rule_of_the_european_central_bank()
    {
        for (var day = new DateOnly(2000, 1, 1); day.Year < 2100; day = day.AddDays(1))
        {
            var easter = EasterSunday(day.Year);
            var closed =
                day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
                || day is { Month: 1, Day: 1 } or { Month: 5, Day: 1 } or { Month: 12, Day: 25 or 26 }
                || day == easter.AddDays(-2)
                || day == easter.AddDays(1);
            TargetCalendar.IsOpen(day).ShouldBe(!closed, day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    // Gauss, with the corrections that keep it right in this range.
    private static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year % 4, year % 7);
        var d = (19 * a + 24) % 30;
        var e = (2 * b + 4 * c + 6 * d + 5) % 7;
        if (d == 29 && e == 6 || d == 28 && e == 6 && a > 10)
            e -= 7;
        return new DateOnly(year, 3, 22).AddDays(d + e);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
