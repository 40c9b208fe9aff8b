using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;
using Association.Platform.Web.Theming;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>An association's own colour: what can be read, and what is made of it for light and dark.</summary>
public sealed class AccentPaletteTests
{
    // Grounds of the stylesheet on which links stand, from its lightest to its darkest.
    private static readonly string[] LightGrounds = ["#ffffff", "#fbf9f6", "#f5f1ec", "#ebe5de"];
    private static readonly string[] DarkGrounds = ["#171316", "#1f1a1e", "#262025", "#332b31"];

    [Theory]
    [InlineData("#7b1f57", true)]
    [InlineData("1D5C3A", true)]
    [InlineData("#767676", true)] // 4.54 to 1, the lightest grey that fits
    [InlineData("#777777", false)] // 4.48 to 1
    [InlineData("#ffb000", false)]
    [InlineData("#ffffff", false)]
    public void white_text_must_be_readable_on_it(string text, bool fits)
    {
        AccentColor.TryParse(text, out var color).ShouldBeTrue();

        AccentPalette.Fits(color).ShouldBe(fits);
        AccentPalette.Fits(AccentPalette.Nearest(color)).ShouldBeTrue("whoever is refused is told one that fits");
    }

    [Theory]
    [InlineData("#fff")]
    [InlineData("red")]
    [InlineData("#7b1f5g")]
    [InlineData("#7b1f57;}")]
    [InlineData("-7b1f5")]
    [InlineData("")]
    [InlineData(null)]
    public void what_is_no_colour_is_refused(string? text) => AccentColor.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void contrast_is_counted_as_the_guideline_does()
    {
        AccentColor.White.ContrastTo(AccentColor.Black).ShouldBe(21, 0.001);
        Of("#777777").ContrastTo(AccentColor.White).ShouldBe(4.48, 0.005);
        Of("#7b1f57").ContrastTo(AccentColor.White).ShouldBe(AccentColor.White.ContrastTo(Of("#7b1f57")));
    }

    [Fact]
    public void of_every_colour_that_fits_all_text_can_be_read_in_both_themes()
    {
        var tried = 0;
        for (var rgb = 0; rgb < 0x1000000; rgb += 0x2b1d) // some 1,500 colours of all hues
        {
            var own = new AccentColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
            if (!AccentPalette.Fits(own))
                continue;
            var palette = new AccentPalette(own);
            foreach (var ground in LightGrounds.Select(Of).Append(palette.LightSoft))
                palette.LightText.ContrastTo(ground).ShouldBeGreaterThanOrEqualTo(AccentColor.LeastContrast, $"{own} on {ground}");
            foreach (var ground in DarkGrounds.Select(Of).Append(palette.DarkSoft))
                palette.DarkText.ContrastTo(ground).ShouldBeGreaterThanOrEqualTo(AccentColor.LeastContrast, $"{own} on {ground}");
            foreach (var solid in new[] { palette.LightSolid, palette.DarkSolid })
                solid.ContrastTo(AccentColor.White).ShouldBeGreaterThanOrEqualTo(AccentColor.LeastContrast, $"white on the button of {own}");
            palette.DarkSolid.ContrastTo(Of("#1f1a1e")).ShouldBeGreaterThanOrEqualTo(3, $"the button of {own} in dark");
            tried++;
        }
        tried.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void the_stylesheet_names_the_accent_tokens_and_nothing_else()
    {
        var css = new AccentPalette(Of("#1d5c3a")).ToCss();

        css.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("--", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)])
            .ShouldBe(["--accent", "--accent-solid", "--accent-solid-hover", "--on-accent", "--accent-soft", "--accent-line", "--accent-mid"]);
        css.ShouldContain("--accent-solid: light-dark(#1d5c3a,");
    }

    [Fact]
    public void the_head_of_a_letter_bears_the_colour_and_without_one_it_is_ink()
    {
        var plain = new AssociationProfile(1, "Verein", "V", "Weg 1", "66111", "Saarbrücken", "", "", "", "", "", "", "", "", "", "");

        LetterSender.Of(plain, "de").Color.ShouldBe(PdfColor.Ink);
        LetterSender.Of(plain with { Color = "#1d5c3a" }, "de").Color.ShouldBe(new PdfColor(0x1d, 0x5c, 0x3a));
    }

    private static AccentColor Of(string text) => AccentColor.TryParse(text, out var color) ? color : throw new ArgumentException(text);
}
