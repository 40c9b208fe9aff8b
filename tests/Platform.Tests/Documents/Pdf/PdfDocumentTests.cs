using System.Text;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Documents.Qr;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Pdf;

public sealed class PdfDocumentTests
{
    private static readonly PdfColor Bramble = new(0x7B, 0x1F, 0x57);
    private static readonly PdfInformation Information = new(
        "Prüfblatt (1) „Ä“",
        "Verein & Söhne e. V.",
        "de",
        new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero)
    );

    [SkippableFact]
    public async Task a_document_is_sound_in_the_eyes_of_qpdf() =>
        (await Tools.Run("qpdf", Sample(), "--check", "{pdf}")).ShouldContain("No syntax or stream encoding errors found");

    [SkippableFact]
    public async Task its_faces_are_embedded_as_subsets_with_unicode()
    {
        var fonts = (await Tools.Run("pdffonts", Sample(), "{pdf}")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];

        fonts.Length.ShouldBe(4);
        fonts.ShouldAllBe(line =>
            line.Contains("CID TrueType", StringComparison.Ordinal) && line.Contains("Identity-H       yes yes yes", StringComparison.Ordinal)
        );
    }

    [SkippableFact]
    public async Task its_text_can_be_searched_and_copied()
    {
        var text = await Tools.Run("pdftotext", Sample(), "-layout", "{pdf}", "-");

        text.ShouldContain("Größe, Maß & „Öl“ – 1.234,56 € · −60,00 €");
        text.ShouldContain("AV Wa To Łódź İstanbul Ελλάδα");
        text.ShouldContain("VäSerif");
    }

    [SkippableFact]
    public async Task it_says_what_it_is()
    {
        var info = await Tools.Run("pdfinfo", Sample(), "{pdf}");

        info.ShouldContain("Title:           Prüfblatt (1) „Ä“");
        info.ShouldContain("Author:          Verein & Söhne e. V.");
        info.ShouldContain("Page size:       595.276 x 841.89 pts (A4)");
        Encoding.UTF8.GetString(Sample()).ShouldContain("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>");
    }

    [SkippableFact]
    public async Task an_attached_file_comes_out_as_it_went_in()
    {
        var document = new PdfDocument(Information);
        document.AddPage().Text(20, 20, "Mit Anlage", PdfFont.Sans, 10, PdfColor.Ink);
        document.Attach(new PdfAttachment("rechnung ä.xml", "text/xml", "<Rechnung/>"u8.ToArray(), "Daten", PdfRelationship.Alternative));

        (await Tools.Run("pdfdetach", document.Save(), "-list", "{pdf}")).ShouldContain("rechnung ä.xml");
        (await Tools.Run("qpdf", document.Save(), "--check", "{pdf}")).ShouldContain("No syntax");
        (await Tools.Run("qpdf", document.Save(), "--show-attachment=rechnung ä.xml", "{pdf}")).ShouldBe("<Rechnung/>");
    }

    [SkippableFact]
    public async Task a_payment_code_is_read_by_a_scanner()
    {
        var payment = new EpcPayment(
            "Gesundheitsregion Bliesland e. V.",
            "DE02 1203 0000 0000 2020 51",
            "BYLADEM1001",
            new Money(1812.37m),
            "BR-2026-00001 Mitglied 1003 Straße"
        );
        var document = new PdfDocument(Information);
        document.AddPage().Modules(150, 200, 34, EpcQrCode.Modules(payment));

        (await Tools.ReadQrCode(document.Save())).TrimEnd('\n').ShouldBe(EpcQrCode.Payload(payment));
    }

    [Fact]
    public void the_same_calls_give_the_same_bytes() => Sample().ShouldBe(Sample());

    [Fact]
    public void a_page_of_text_stays_small() => Sample().Length.ShouldBeLessThan(40_000);

    [Fact]
    public void a_document_without_pages_is_refused() => Should.Throw<InvalidOperationException>(() => new PdfDocument(Information).Save());

    [Fact]
    public void kerning_brings_letters_together()
    {
        var pair = PdfFont.Sans.Width("AV", 10);

        pair.ShouldBeLessThan(PdfFont.Sans.Width("A", 10) + PdfFont.Sans.Width("V", 10));
    }

    [Fact]
    public void digits_are_equally_wide_so_that_amounts_stand_in_columns()
    {
        foreach (var font in new[] { PdfFont.Sans, PdfFont.SansSemiBold, PdfFont.Serif })
            "0123456789".Select(digit => font.Width([digit], 10)).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void lines_break_at_blanks_and_never_at_no_break_spaces()
    {
        TextLines
            .Wrap("Gesundheitsregion Bliesland e.\u00A0V. und ihre Mitglieder", PdfFont.Sans, 10, 46)
            .ShouldBe(["Gesundheitsregion Bliesland", "e.\u00A0V. und ihre Mitglieder"]);
        TextLines.Wrap("eins\nzwei\n\ndrei", PdfFont.Sans, 10, 50).ShouldBe(["eins", "zwei", "", "drei"]);
    }

    [Fact]
    public void a_word_wider_than_the_line_is_broken_instead_of_running_into_the_margin()
    {
        var lines = TextLines.Wrap("Kurz " + new string('x', 5_000) + " 𝄞𝄞𝄞", PdfFont.Sans, 10, 60);

        lines.ShouldAllBe(line => PdfFont.Sans.Width(line, 10) <= 60);
        string.Concat(lines).Count(c => c == 'x').ShouldBe(5_000);
    }

    private static byte[] Sample()
    {
        var document = new PdfDocument(Information);
        var page = document.AddPage();
        page.Text(25, 40, "Größe, Maß & „Öl“ – 1.234,56 € · −60,00 €", PdfFont.Sans, 10, PdfColor.Ink);
        page.Text(25, 50, "AV Wa To Łódź İstanbul Ελλάδα", PdfFont.SansSemiBold, 10, PdfColor.Ink);
        page.Text(25, 60, "kursiv gesetzt", PdfFont.SansItalic, 10, PdfColor.SecondInk);
        var width = page.Text(25, 80, "Vä", PdfFont.Serif, 24, Bramble);
        page.Text(25 + width, 80, "Serif", PdfFont.Serif, 24, Bramble);
        page.TextRight(190, 60, "1.234,56 €", PdfFont.Sans, 10, PdfColor.Ink);
        page.Line(25, 90, 190, 90, 0.5, PdfColor.Ink);
        page.Fill(25, 95, 40, 10, PdfColor.Shade);
        page.Outline(25, 95, 40, 10, 0.5, PdfColor.Hairline);
        page.Circle(100, 100, 5, Bramble);
        return document.Save();
    }
}
