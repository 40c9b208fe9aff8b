using Association.Platform.Data.Kernel;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

public class TypedDayTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    private static readonly StringLocalizer<WebTexts> Texts = new(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)
    );

    [Theory]
    [InlineData("28.11.0026")]
    [InlineData("0026-11-28")]
    [InlineData("01.01.1900")]
    [InlineData("28.11.2126")]
    public void a_day_far_from_now_is_refused_with_the_earliest_and_the_latest_one(string typed)
    {
        var read = TypedDay.Read(typed, DayRange.Usual(Today), Texts);

        read.Day.ShouldBeNull();
        read.Problem.ShouldNotBeNull();
        read.Problem.ShouldContain(Formats.Of(new DateOnly(1926, 1, 1)));
        read.Problem.ShouldContain(Formats.Of(new DateOnly(2076, 12, 31)));
    }

    [Theory]
    [InlineData("28.11.26")]
    [InlineData("28.11.2026")]
    [InlineData("2026-11-28")]
    public void a_day_of_now_is_taken(string typed) =>
        TypedDay.Read(typed, DayRange.Usual(Today), Texts).ShouldBe(new TypedDay(new DateOnly(2026, 11, 28), null));

    [Fact]
    public void a_member_may_have_joined_long_ago() => TypedDay.Read("01.01.1900", DayRange.Historic(Today), Texts).Day.ShouldBe(new DateOnly(1900, 1, 1));
}
