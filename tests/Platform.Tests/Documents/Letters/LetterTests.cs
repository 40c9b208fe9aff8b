using System.Globalization;
using System.Text.RegularExpressions;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Qr;
using Association.Platform.Tests.Documents.Pdf;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Letters;

public sealed partial class LetterTests
{
    [SkippableFact]
    public async Task an_invoice_is_one_sound_page_that_says_everything()
    {
        var pdf = Letter.Render(Letters.Invoice());
        var text = await Tools.Run("pdftotext", pdf, "-layout", "{pdf}", "-");

        (await Tools.Run("qpdf", pdf, "--check", "{pdf}")).ShouldContain("No syntax or stream encoding errors found");
        (await Tools.Run("qpdf", pdf, "--show-npages", "{pdf}")).Trim().ShouldBe("1");
        foreach (
            var said in new[]
            {
                "Beitragsrechnung 2027",
                "Herrn Rüdiger Lambert",
                "Fällig am",
                "−181,24 €",
                "Zu zahlen bis 15.02.2027",
                "1.571,13 €",
                "Gläubiger-ID DE98ZZZ09999999999",
                "IBAN DE02 1203 0000 0000 2020 51",
            }
        )
            text.ShouldContain(said);
        text.ShouldNotContain("Seite");
    }

    [SkippableFact]
    public async Task the_address_stands_in_the_window_of_an_envelope()
    {
        var boxes = await Tools.Run("pdftotext", Letter.Render(Letters.Invoice()), "-bbox", "{pdf}", "-");

        // DIN 5008 form B: the window shows 20 to 105 mm across and 45 to 90 mm down; recipient from 62.7 mm.
        foreach (var word in new[] { "Kreiskasse", "Europaallee" })
        {
            var (left, top, right, bottom) = BoxOf(boxes, word);
            left.ShouldBeGreaterThan(20);
            right.ShouldBeLessThan(105);
            top.ShouldBeGreaterThan(62);
            bottom.ShouldBeLessThan(90);
        }
    }

    [SkippableFact]
    public async Task amounts_end_at_the_same_edge()
    {
        var boxes = await Tools.Run("pdftotext", Letter.Render(Letters.Invoice()), "-bbox", "{pdf}", "-");

        var edges = WordBox()
            .Matches(boxes)
            .Where(m => m.Groups["word"].Value == "€" && double.Parse(m.Groups["right"].Value, CultureInfo.InvariantCulture) > 500)
            .Select(m => m.Groups["right"].Value[..5])
            .ToArray();

        edges.Length.ShouldBeGreaterThanOrEqualTo(5);
        edges.Distinct().ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task the_code_on_the_invoice_pays_it() =>
        (await Tools.ReadQrCode(Letter.Render(Letters.Invoice()))).TrimEnd('\n').ShouldBe(EpcQrCode.Payload(Letters.Payment));

    [SkippableFact]
    public async Task a_long_letter_repeats_the_tables_head_and_numbers_its_pages()
    {
        var pdf = Letter.Render(Letters.Long(70));
        var pages = (await Tools.Run("pdftotext", pdf, "-layout", "{pdf}", "-")).Split('\f', StringSplitOptions.RemoveEmptyEntries);

        pages.Length.ShouldBe(3);
        pages.ShouldAllBe(page => page.Contains("Posten", StringComparison.Ordinal) && page.Contains("Betrag", StringComparison.Ordinal));
        pages[0].ShouldNotContain("Seite 1");
        pages[1].ShouldContain("Seite 2 von 3");
        pages[2].ShouldContain("Seite 3 von 3");
        pages[1].ShouldContain("Beitragsrechnung BR-2026-00001");
        for (var row = 1; row <= 70; row++)
            string.Concat(pages).ShouldContain($"Posten {row} ");
    }

    [SkippableTheory]
    [InlineData(20), InlineData(21), InlineData(22), InlineData(23), InlineData(24), InlineData(25), InlineData(26)]
    public async Task sum_and_closing_never_stand_alone_on_a_page(int rows)
    {
        var pages = (await Tools.Run("pdftotext", Letter.Render(Letters.Long(rows)), "-layout", "{pdf}", "-")).Split(
            '\f',
            StringSplitOptions.RemoveEmptyEntries
        );

        pages[^1].ShouldContain("Anna Dörr");
        pages.Single(page => page.Contains("Summe", StringComparison.Ordinal)).ShouldContain($"Posten {rows} ");
    }

    [SkippableFact]
    public async Task the_words_of_the_frame_follow_the_letters_language()
    {
        (await Tools.Run("pdftotext", Letter.Render(Letters.Invoice("fr")), "-layout", "{pdf}", "-")).ShouldContain("Coordonnées bancaires");
        (await Tools.Run("pdftotext", Letter.Render(Letters.Invoice("en")), "-layout", "{pdf}", "-")).ShouldContain("Bank details");
    }

    [SkippableFact]
    public async Task overlong_names_stay_on_the_sheet()
    {
        var longest = Letters.Invoice() with
        {
            Address =
            [
                new string('W', 120),
                "Universität Homburg – Medizinische Fakultät – Institut für Gesundheitsforschung und Versorgung",
                "Postfach 1",
                "66424 Homburg",
            ],
            Sender = Letters.Invoice().Sender with { Name = string.Join(' ', Enumerable.Repeat("Gesundheitsregion", 12)) },
            Subject = string.Join(' ', Enumerable.Repeat("Beitragsrechnung", 20)),
            Body = [new LetterParagraph(new string('x', 5_000))],
        };

        var boxes = await Tools.Run("pdftotext", Letter.Render(longest), "-bbox", "{pdf}", "-");

        WordBox().Matches(boxes).Select(m => double.Parse(m.Groups["right"].Value, CultureInfo.InvariantCulture)).Max().ShouldBeLessThan(190.5 * 72 / 25.4);
    }

    [Fact]
    public void the_same_letter_gives_the_same_bytes() => Letter.Render(Letters.Invoice()).ShouldBe(Letter.Render(Letters.Invoice()));

    [Fact]
    public void an_invoice_is_small() => Letter.Render(Letters.Invoice()).Length.ShouldBeLessThan(40_000);

    [Fact]
    public void letters_can_be_set_on_many_threads_at_once()
    {
        var expected = Letter.Render(Letters.Invoice());

        Parallel.For(0, 50, _ => Letter.Render(Letters.Invoice()).AsSpan().SequenceEqual(expected).ShouldBeTrue());
    }

    [Fact]
    public void content_that_cannot_be_set_is_refused()
    {
        Should.Throw<ArgumentException>(() => Letter.Render(Letters.Invoice() with { Address = [] }));
        Should.Throw<ArgumentException>(() => Letter.Render(Letters.Invoice() with { Address = ["1", "2", "3", "4", "5", "6", "7"] }));
        Should.Throw<ArgumentException>(() => Letter.Render(Letters.Invoice() with { Address = ["1", " "] }));
        Should.Throw<ArgumentException>(() => Letter.Render(Letters.Invoice() with { Body = [new LetterTable([new("A", 1)], [new(["1", "2"])], [], null)] }));
        Should.Throw<ArgumentException>(() =>
            Letter.Render(Letters.Invoice() with { Body = [new LetterPaymentBox("", "", [], Letters.Payment with { Iban = "DE1" })] })
        );
    }

    private static (double Left, double Top, double Right, double Bottom) BoxOf(string boxes, string word)
    {
        var match = WordBox().Matches(boxes).First(m => m.Groups["word"].Value == word);
        return (Millimetres("left"), Millimetres("top"), Millimetres("right"), Millimetres("bottom"));

        double Millimetres(string edge) => double.Parse(match.Groups[edge].Value, CultureInfo.InvariantCulture) * 25.4 / 72;
    }

    [GeneratedRegex("""<word xMin="(?<left>[\d.]+)" yMin="(?<top>[\d.]+)" xMax="(?<right>[\d.]+)" yMax="(?<bottom>[\d.]+)">(?<word>[^<]*)</word>""")]
    private static partial Regex WordBox();
}
