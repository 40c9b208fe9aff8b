using System.Security.Cryptography;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf;

/// <summary>
/// Joins documents of our own into one for printing. What they have in common (faces above all) is written once; memory stays flat however many there are.
/// </summary>
/// <remarks>Not thread-safe. Nothing readable comes out before <see cref="FinishAsync"/>. Files inside the documents are not taken along.</remarks>
public sealed class PdfBundle : IDisposable
{
    private readonly PdfFile file = new();
    private readonly Stream output;
    private readonly PdfInformation information;
    private readonly bool startOnFront;
    private readonly Dictionary<string, int> written = new(StringComparer.Ordinal);
    private readonly List<int> pages = [];
    private readonly int catalog;
    private readonly int tree;
    private readonly int info;
    private int documents;

    /// <summary>Starts a bundle.</summary>
    /// <param name="output">Written to only, and only asynchronously; left open.</param>
    /// <param name="information">What the bundle says about itself.</param>
    /// <param name="startOnFront">For printing on both sides: an empty page after a document of odd length, so that every letter begins on a sheet of its
    /// own.</param>
    public PdfBundle(Stream output, PdfInformation information, bool startOnFront = false)
    {
        this.output = output;
        this.information = information;
        this.startOnFront = startOnFront;
        catalog = file.Reserve();
        tree = file.Reserve();
        info = file.Reserve();
    }

    /// <summary>Pages so far.</summary>
    public int PageCount => pages.Count;

    /// <summary>How many pages a document has.</summary>
    /// <exception cref="InvalidDataException">It was not written by <see cref="PdfDocument"/>, or is damaged.</exception>
    public static int PagesOf(ReadOnlyMemory<byte> pdf) => new PdfSource(pdf).Pages.Count;

    /// <summary>How many sheets of paper so many pages take.</summary>
    public static int SheetsOf(int pages, bool duplex) => duplex ? (pages + 1) / 2 : pages;

    /// <summary>Adds all pages of a document.</summary>
    /// <exception cref="InvalidDataException">It was not written by <see cref="PdfDocument"/>, or is damaged; names its place in the
    /// bundle, which has to be given up then.</exception>
    public async Task AddAsync(ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        documents++;
        try
        {
            var source = new PdfSource(pdf);
            if (startOnFront && pages.Count % 2 == 1)
                AddEmptyPage();
            var copies = new Dictionary<int, int> { [source.Tree] = tree };
            foreach (var page in source.Pages)
                pages.Add(Copy(source, page, copies, isPage: true));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"Document {documents} of the bundle is not a PDF that this office wrote: {e.Message}.", e);
        }

        await file.DrainAsync(output, ct);
    }

    /// <summary>Writes what remains.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public async Task FinishAsync(CancellationToken ct)
    {
        if (pages.Count == 0)
            throw new InvalidOperationException("A bundle needs a document.");
        PdfCatalog.WritePages(file, tree, pages);
        information.WriteInfo(file, info);
        PdfCatalog.Begin(file, catalog, tree, information).Raw(">>"u8);
        file.End();
        await output.WriteAsync(file.Finish(catalog, info), ct);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void AddEmptyPage()
    {
        var id = file.Reserve();
        file.Begin(id).Raw("<</Type/Page/Parent "u8).Reference(tree).Raw("/Resources<<>>>>"u8);
        file.End();
        pages.Add(id);
    }

    // References first, so that equal objects have become equal bytes when they are compared. Pages alone are never shared.
    private int Copy(PdfSource source, int id, Dictionary<int, int> copies, bool isPage = false)
    {
        if (copies.TryGetValue(id, out var known))
            return known > 0 ? known : throw new InvalidDataException("its objects contain each other");
        copies[id] = 0;
        var body = source.BodyOf(id).Span;
        var data = body.IndexOf(">>\nstream\n"u8);
        var dictionary = data < 0 ? body : body[..data];

        var renumbered = new PdfSyntax();
        var position = 0;
        for (var place = PdfSource.NextReference(dictionary, 0); place is { } reference; place = PdfSource.NextReference(dictionary, position))
        {
            renumbered.Raw(dictionary[position..reference.Start]).Reference(Copy(source, reference.Id, copies));
            position = reference.End;
        }

        renumbered.Raw(body[position..]);
        var digest = isPage ? "" : Convert.ToHexString(SHA256.HashData(renumbered.Bytes));
        if (!isPage && written.TryGetValue(digest, out var same))
            return copies[id] = same;

        var copy = file.Reserve();
        file.Begin(copy).Raw(renumbered.Bytes);
        file.End();
        if (!isPage)
            written[digest] = copy;
        return copies[id] = copy;
    }
}
