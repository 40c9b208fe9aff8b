using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>
/// The office's days are those of Europe/Berlin (<c>BusinessCalendar</c>), whatever the zone of the machine: nobody asks for the machine's. The compiler
/// refuses it, too (BannedSymbols.txt), but not in what it makes of pages.
/// </summary>
public sealed class MachineZoneTests
{
    private static readonly string[] OfTheMachine =
    [
        ".LocalTimeZone",
        ".GetLocalNow(",
        "TimeZoneInfo.Local",
        ".ToLocalTime(",
        ".LocalDateTime",
        "DateTime.Now",
        "DateTime.Today",
        "DateTimeOffset.Now",
    ];

    // The database's zone is the session's, not the office's.
    private static readonly string[] OfTheDatabase = ["current_date", "now()::date", "localtimestamp"];

    [Fact]
    public void no_day_comes_from_the_zone_of_the_machine()
    {
        var sources = House.Files("src", ".cs", ".razor", ".sql").ToList();

        sources.Count.ShouldBeGreaterThan(500);
        sources.SelectMany(f => Found(File.ReadAllText(f)).Select(word => $"{Path.GetRelativePath(House.Root, f)}: {word}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("var day = clock.GetLocalNow();", true)]
    [InlineData("TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone)", true)]
    [InlineData("where due_on < CURRENT_DATE", true)]
    [InlineData("var day = clock.Today();", false)]
    public void a_day_of_the_machine_is_found(string source, bool found) => Found(source).Any().ShouldBe(found);

    private static IEnumerable<string> Found(string source) =>
        OfTheMachine
            .Where(word => source.Contains(word, StringComparison.Ordinal))
            .Concat(OfTheDatabase.Where(word => source.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
