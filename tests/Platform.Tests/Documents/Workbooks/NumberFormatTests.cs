using System.Globalization;
using ExcelNumberFormat;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Workbooks;

/// <summary>What Excel shows for a number in a format (ECMA-376 part 1, 18.8.31).</summary>
public sealed class NumberFormatTests
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    [Theory]
    [InlineData("0", 12.5, "13")]
    [InlineData("0.00", 12.345, "12.35")]
    [InlineData("#,##0", 1234567, "1,234,567")]
    [InlineData("#,##0.00", 0.5, "0.50")]
    [InlineData("#,##0.00 \"€\"", -1234.5, "-1,234.50 €")]
    [InlineData("#,##0.00\\ [$€-407]", 1234.5, "1,234.50 €")]
    [InlineData("#.##", 5, "5.")]
    [InlineData("#.##", 0.25, ".25")]
    [InlineData("0.0#", 1.5, "1.5")]
    [InlineData("000", 7, "007")]
    [InlineData("0,", 12345, "12")]
    [InlineData("0.0,,", 12345678, "12.3")]
    [InlineData("0%", 0.057, "6%")]
    [InlineData("0.0 %", 0.0567, "5.7 %")]
    [InlineData("0.00;[Red]-0.00", -5, "-5.00")]
    [InlineData("0.00;(0.00)", -5, "(5.00)")]
    [InlineData("0;-0;\"nichts\"", 0, "nichts")]
    [InlineData("[<10]\"wenig\";[>=10]\"viel\"", 3, "wenig")]
    [InlineData("[<10]\"wenig\";[>=10]\"viel\"", 12, "viel")]
    [InlineData("000-00", 12345, "123-45")]
    [InlineData("0.00E+00", 12345, "1.23E+04")]
    [InlineData("##0.0E+0", 12345, "12.3E+3")]
    [InlineData("0.00E+00", 0.00012, "1.20E-04")]
    [InlineData("0.0E+0", 9.99, "1.0E+1")]
    [InlineData("# ?/?", 1.25, "1 1/4")]
    [InlineData("# ??/??", 3.14159, "3 14/99")]
    [InlineData("# ?/8", 0.5, "4/8")]
    [InlineData("# ?/?", 2, "2    ")]
    [InlineData("General", 1234.5, "1234.5")]
    [InlineData("General \"Betten\"", 12, "12 Betten")]
    [InlineData("", 0.1, "0.1")]
    [InlineData("_-0_-", 5, " 5 ")]
    public void a_number_is_shown_as_excel_shows_it(string format, double number, string shown) =>
        new NumberFormat(format).Format(number, English).ShouldBe(shown);

    [Theory]
    [InlineData("dd.mm.yyyy", 46347.0, "21.11.2026")]
    [InlineData("yyyy-mm-dd hh:mm", 46347.5, "2026-11-21 12:00")]
    [InlineData("d/m/yy", 46347.0, "21/11/26")]
    [InlineData("h:mm AM/PM", 0.75, "6:00 PM")]
    [InlineData("[h]:mm", 1.5, "36:00")]
    [InlineData("mm:ss.0", 0.00001157, "00:01.0")]
    [InlineData("dd.mm.yyyy", 1.0, "01.01.1900")]
    [InlineData("dd.mm.yyyy", -1.0, "########")]
    public void a_day_or_time_is_shown_as_excel_shows_it(string format, double number, string shown) =>
        new NumberFormat(format).Format(number, English).ShouldBe(shown);

    [Fact]
    public void separators_and_names_come_from_the_culture()
    {
        new NumberFormat("#,##0.00 \"€\"").Format(1234.5m, German).ShouldBe("1.234,50 €");
        new NumberFormat("dddd, d. mmmm yyyy").Format(new DateTime(2026, 11, 21), German).ShouldBe("Samstag, 21. November 2026");
    }

    [Fact]
    public void text_passes_through_unless_the_format_says_otherwise()
    {
        new NumberFormat("0.00").Format("=1+1", English).ShouldBe("=1+1");
        new NumberFormat("0;-0;0;\"Text: \"@").Format("x", English).ShouldBe("Text: x");
        new NumberFormat("@").Format(5, English).ShouldBe("5");
        new NumberFormat("0").Format(null!, English).ShouldBe("");
    }

    [Fact]
    public void days_are_told_from_numbers_and_broken_formats_from_whole_ones()
    {
        new NumberFormat("dd.mm.yyyy").IsDateTimeFormat.ShouldBeTrue();
        new NumberFormat("[h]:mm").IsDateTimeFormat.ShouldBeTrue();
        new NumberFormat("#,##0.00 \"mm\"").IsDateTimeFormat.ShouldBeFalse();
        new NumberFormat("[Red]0").IsDateTimeFormat.ShouldBeFalse();
        foreach (var broken in new[] { "\"offen", "[offen", "[Lila]0", "0;0;0;0;0", "0\\" })
        {
            new NumberFormat(broken).IsValid.ShouldBeFalse(broken);
            new NumberFormat(broken).Format(1.5, English).ShouldBe("1.5");
        }
        new NumberFormat("0.00").IsValid.ShouldBeTrue();
    }
}
