using Association.Events.Attending.Model;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Attending;

/// <summary>Minutes of presence, from what was scanned.</summary>
public sealed class PresenceTests
{
    private static readonly DateTimeOffset Nine = new(2027, 9, 16, 7, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", 0)]
    [InlineData("+0", 60)]
    [InlineData("+-30", 60)]
    [InlineData("+15", 45)]
    [InlineData("+0 -20", 20)]
    [InlineData("+0 -20 +40", 40)]
    [InlineData("+0 +30", 60)]
    [InlineData("-20", 0)]
    [InlineData("-20 +30 -90", 30)]
    [InlineData("+70", 0)]
    [InlineData("+-30 --10", 0)]
    [InlineData("+30 -30", 0)]
    public void are_those_between_coming_and_going_within_the_hour(string scans, int minutes)
    {
        var read = scans
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => new Scan(
                null,
                s[0] == '+' ? CheckInKind.Arrived : CheckInKind.Left,
                Nine.AddMinutes(int.Parse(s[1..], System.Globalization.CultureInfo.InvariantCulture))
            ));
        Presence.Minutes(read.Reverse(), Nine, Nine.AddHours(1)).ShouldBe(minutes);
    }
}
