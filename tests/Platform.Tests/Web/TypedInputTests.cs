using System.Globalization;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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
    [InlineData("de-DE", "1234,567", "1234.567")]
    [InlineData("de-DE", "1 234 567", "1234567")]
    [InlineData("de-DE", "1’234.50", "1234.5")]
    [InlineData("de-DE", "12,", "12")]
    [InlineData("de-DE", "60,-", "60")]
    [InlineData("de-DE", "60 Euro", "60")]
    [InlineData("de-DE", "50 %", "50")]
    [InlineData("de-DE", "1,234,567.891", "1234567.891")]
    [InlineData("en-GB", "1.234.567", "1234567")]
    [InlineData("en-GB", "1.000", "1")]
    [InlineData("fr-FR", "1\u202f234,56 €", "1234.56")]
    public void what_is_certainly_one_number_is_read_in_every_usual_way(string language, string typed, string number) =>
        a_number_is_read_as_the_page_writes_it(language, typed, number);

    [Theory]
    [InlineData("de-DE", "1.000.00", "1000", "100000")]
    [InlineData("en-GB", "1.000.00", "1000", "100000")]
    [InlineData("de-DE", "1,5,0", "15", "150")]
    [InlineData("de-DE", "12.5.0", "125", "1250")]
    [InlineData("de-DE", "1.12.000", "112", "112000")]
    [InlineData("de-DE", "12,3,4", "123.4", "1234")]
    [InlineData("de-DE", "1.234.56,7", "123456.7", "1234567")]
    [InlineData("de-DE", "1,234.567,89", "1234567.89", "123456789")]
    [InlineData("de-DE", "12 50", "12.5", "1250")]
    [InlineData("de-DE", "1'2", "1.2", "12")]
    [InlineData("de-DE", "1234.567", "1234.567", "1234567")]
    [InlineData("en-GB", "1234,567", "1234.567", "1234567")]
    [InlineData("de-DE", "0.123.456", "123.456", "123456")]
    [InlineData("de-DE", "12,000", "12", "12000", false)]
    [InlineData("de-DE", "0,500", "0.5", "500", false)]
    [InlineData("en-GB", "1.000", "1", "1000", false)]
    public void separators_that_no_grouping_explains_are_refused_with_both_readings(
        string language,
        string typed,
        string one,
        string other,
        bool alsoAsNumber = true
    )
    {
        using var page = new Page(language);
        TypedInput.TryNumber(typed, out _).ShouldBe(!alsoAsNumber);
        var read = TypedInput.Amount(typed);
        (read.Value, read.Amount).ShouldBe((null, null));
        read.Readings.ShouldBe((decimal.Parse(one, CultureInfo.InvariantCulture), decimal.Parse(other, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("de-DE", "„1.000.00“ lässt sich als 1.000,00 und als 100.000,00 lesen.")]
    [InlineData("en-GB", "“1.000.00” can be read as 1,000.00 and as 100,000.00.")]
    [InlineData("fr-FR", "«\u00a01.000.00\u00a0» peut se lire 1\u202f000,00 ou 100\u202f000,00.")]
    public void the_sentence_names_both_readings_so_that_each_is_certain_when_typed(string language, string start)
    {
        using var page = new Page(language);
        var sentence = TypedInput.Amount("1.000.00").Doubt("1.000.00", page.Texts, decimals: 2)!;
        sentence.ShouldStartWith(start);
        foreach (var reading in new[] { 1000m, 100000m })
            TypedInput.Amount(Formats.Number(reading, 2)).Value.ShouldBe(reading);
        TypedInput.Amount("12,50").Doubt("12,50", page.Texts).ShouldBeNull();
    }

    [Theory]
    [InlineData("1,234")]
    [InlineData("12.345")]
    public void the_command_line_has_no_language_and_doubts_a_lone_separator_before_three_digits(string typed) =>
        TypedNumber.Read(typed, ThreeDigits.Doubtful).Readings.ShouldNotBeNull();

    [Fact]
    public void every_number_that_a_page_writes_is_read_as_that_number()
    {
        foreach (var language in new[] { "de-DE", "en-GB", "fr-FR" })
        {
            using var page = new Page(language);
            foreach (var number in new[] { 0m, 0.05m, 1m, 12.5m, 999m, 1000m, 1234.56m, 1234567m, 1234567.89m, -60m, 0.052m, 1234.567m })
                TypedInput.Number(Formats.Number(number)).Value.ShouldBe(number, $"{Formats.Number(number)} in {language}");
        }
    }

    [Theory]
    [InlineData("01.03.2019")]
    [InlineData("50 %")]
    [InlineData("1..2")]
    [InlineData(".")]
    [InlineData("１２")]
    [InlineData("٣")]
    [InlineData("99999999999999999999999999999")]
    public void a_day_a_percentage_and_digits_of_other_scripts_are_no_amount(string typed) => TypedInput.Amount(typed).ShouldBe(default);

    [Theory]
    [InlineData("")]
    [InlineData("12 Euro und 3")]
    [InlineData("1e5")]
    [InlineData("--5")]
    [InlineData("=1+1")]
    public void what_is_no_number_is_refused(string typed) => TypedInput.TryNumber(typed, out _).ShouldBeFalse();

    /// <summary>A page in a language, until it is disposed.</summary>
    private sealed class Page : IDisposable
    {
        private readonly CultureInfo _format = CultureInfo.CurrentCulture;
        private readonly CultureInfo _words = CultureInfo.CurrentUICulture;

        public Page(string language) =>
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(language));

        public IStringLocalizer<WebTexts> Texts { get; } =
            new StringLocalizer<WebTexts>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_format, _words);
    }
}
