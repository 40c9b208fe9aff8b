using Xunit;

namespace Association.EndToEnd.Tests.Year;

/// <summary>A year of an association, day by day.</summary>
public sealed class AssociationYearTests
{
    [Fact]
    public Task every_mail_and_letter_is_the_expected_one() => WholeYear.LiveAsync(kills: false);
}

/// <summary>The same year in which the calendar is killed every few days, two hosts are killed whenever letters leave, and the mail server falls
/// silent.</summary>
public sealed class KilledYearTests
{
    [Fact]
    public Task every_mail_and_letter_is_the_expected_one() => WholeYear.LiveAsync(kills: true);
}
