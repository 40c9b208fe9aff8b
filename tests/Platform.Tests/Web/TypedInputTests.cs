using System.Globalization;
using Association.Platform.Web.Localisation;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

public sealed class TypedInputTests
{
    [Theory]
    [InlineData("de-DE", "1.234,56", "1234.56")]
    [InlineData("de-DE", "1,234.56", "1234.56")]
    [InlineData("de-DE", "1234,5", "1234.5")]
    [InlineData("de-DE", "−60 €", "-60")]
    [InlineData("de-DE", "1.234", "1234")]
    [InlineData("de-DE", "1.234.567", "1234567")]
    [InlineData("de-DE", "12,345", "12.345")] // a slip of the pen, which an amount refuses; never twelve thousand
    [InlineData("de-DE", "0,052", "0.052")]
    [InlineData("de-DE", "0.052", "0.052")]
    [InlineData("fr-FR", "1 234,56", "1234.56")]
    [InlineData("fr-FR", "1,234", "1.234")]
    [InlineData("en-GB", "1,234", "1234")]
    [InlineData("en-GB", "1.234", "1.234")]
    [InlineData("en-GB", "€1,234.50", "1234.50")]
    public void a_number_is_read_as_the_page_writes_it(string language, string typed, string number)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
            TypedInput.TryNumber(typed, out var read).ShouldBeTrue();
            read.ShouldBe(decimal.Parse(number, CultureInfo.InvariantCulture));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 Euro und 3")]
    [InlineData("1e5")]
    [InlineData("--5")]
    [InlineData("=1+1")]
    public void what_is_no_number_is_refused(string typed) => TypedInput.TryNumber(typed, out _).ShouldBeFalse();
}
