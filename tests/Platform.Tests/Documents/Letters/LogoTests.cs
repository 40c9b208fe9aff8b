using Association.Platform.Documents.Images;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;
using Association.Platform.Tests.Documents.Pdf;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Letters;

/// <summary>The logo on a letterhead.</summary>
public sealed class LogoTests
{
    [SkippableFact]
    public async Task a_letter_carries_its_logo_as_png_or_jpeg()
    {
        foreach (var file in new[] { Pictures.Logo(), Pictures.Jpeg, Pictures.ProgressiveJpeg })
        {
            var pdf = Render(file);

            (await Tools.Run("qpdf", pdf, "--check", "{pdf}")).ShouldContain("No syntax or stream encoding errors found");
            (await Tools.Run("pdfimages", pdf, "-list", "{pdf}"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Length.ShouldBe(3, "two lines of heading, one picture");
        }
    }

    [Fact]
    public void the_same_letter_with_the_same_logo_has_the_same_bytes() => Render(Pictures.Logo()).ShouldBe(Render(Pictures.Logo()));

    [SkippableFact]
    public async Task many_letters_in_one_file_share_the_logo()
    {
        using var output = new MemoryStream();
        using var bundle = new PdfBundle(output, new PdfInformation("Druck", "Verein", "de", DateTimeOffset.UnixEpoch));
        for (var i = 0; i < 3; i++)
            await bundle.AddAsync(Render(Pictures.Logo()), CancellationToken.None);
        await bundle.FinishAsync(CancellationToken.None);

        var images = await Tools.Run("pdfimages", output.ToArray(), "-list", "{pdf}");
        images
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(2)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[10])
            .Distinct()
            .ShouldHaveSingleItem("one object for all");
    }

    [Fact]
    public void a_large_logo_adds_no_more_than_print_shows()
    {
        var image = PdfImage.Of(Picture.Read(Pictures.Logo(3_000, 1_000)));

        image.Width.ShouldBeLessThanOrEqualTo(900);
        image.Size.ShouldBeLessThan(PdfImage.MostBytes);
    }

    private static byte[] Render(byte[] logo)
    {
        var invoice = Letters.Invoice();
        return Letter.Render(invoice with { Sender = invoice.Sender with { Logo = PdfImage.Of(Picture.Read(logo)) } });
    }
}
