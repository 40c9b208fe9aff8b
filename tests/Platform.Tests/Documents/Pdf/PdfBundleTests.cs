using System.Text;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;
using Shouldly;
using Xunit;
using Sample = Association.Platform.Tests.Documents.Letters.Letters;

namespace Association.Platform.Tests.Documents.Pdf;

public sealed class PdfBundleTests
{
    private static readonly PdfInformation Information = new(
        "Beitragsrechnungen 2027",
        "Verein",
        "de",
        new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero)
    );

    [SkippableFact]
    public async Task documents_become_one_sound_file_with_all_their_pages_in_order()
    {
        var bundle = await Join(Letter.Render(Sample.Invoice()), Letter.Render(Sample.Long(70)), Letter.Render(Sample.Invoice("fr")));
        var pages = (await Tools.Run("pdftotext", bundle, "-layout", "{pdf}", "-")).Split('\f', StringSplitOptions.RemoveEmptyEntries);

        (await Tools.Run("qpdf", bundle, "--check", "{pdf}")).ShouldContain("No syntax or stream encoding errors found");
        pages.Length.ShouldBe(5);
        pages[0].ShouldContain("Zahlung durch Überweisung");
        pages[2].ShouldContain("Seite 2 von 3");
        pages[4].ShouldContain("Coordonnées bancaires");
        (await Tools.Run("pdffonts", bundle, "{pdf}")).ShouldNotContain(" no ");
        (await Tools.Run("pdfinfo", bundle, "{pdf}")).ShouldContain("Title:           Beitragsrechnungen 2027");
    }

    [SkippableFact]
    public async Task for_printing_on_both_sides_every_document_begins_on_a_front()
    {
        var bundle = await Join(startOnFront: true, Letter.Render(Sample.Invoice()), Letter.Render(Sample.Long(70)), Letter.Render(Sample.Invoice()));

        (await Tools.Run("qpdf", bundle, "--check", "{pdf}")).ShouldContain("No syntax");
        (await Tools.Run("qpdf", bundle, "--show-npages", "{pdf}")).Trim().ShouldBe("7");
    }

    [Fact]
    public async Task what_documents_share_is_written_once()
    {
        var one = Letter.Render(Sample.Invoice());
        var bundle = await Join([.. Enumerable.Repeat(one, 100)]);

        bundle.Length.ShouldBeLessThan(one.Length + 100 * 1_000);
    }

    [Theory]
    [InlineData("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n"), InlineData(""), InlineData("PK")]
    public async Task a_foreign_file_is_refused_by_its_place(string content)
    {
        var refusal = await Should.ThrowAsync<InvalidDataException>(() => Join(Letter.Render(Sample.Invoice()), Encoding.ASCII.GetBytes(content)));

        refusal.Message.ShouldStartWith("Document 2 of the bundle is not a PDF that this office wrote");
    }

    [Fact]
    public async Task a_cut_off_or_damaged_document_is_refused_and_breaks_nothing()
    {
        var whole = Letter.Render(Sample.Invoice());
        for (var length = 0; length < whole.Length; length += 997)
            await Should.ThrowAsync<InvalidDataException>(() => Join(whole[..length]));

        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var bytes = whole.ToArray();
            for (var change = 0; change < 20; change++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                await Join(bytes);
            }
            catch (InvalidDataException)
            {
                // A refusal is an answer; bytes inside a compressed stream cannot be judged here.
            }
        }
    }

    [Fact]
    public async Task an_empty_bundle_is_refused() => await Should.ThrowAsync<InvalidOperationException>(() => Join());

    private static Task<byte[]> Join(params byte[][] documents) => Join(startOnFront: false, documents);

    private static async Task<byte[]> Join(bool startOnFront, params byte[][] documents)
    {
        using var output = new MemoryStream();
        using var bundle = new PdfBundle(output, Information, startOnFront);
        foreach (var document in documents)
            await bundle.AddAsync(document, default);
        await bundle.FinishAsync(default);
        return output.ToArray();
    }
}
