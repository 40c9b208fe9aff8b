using System.Globalization;
using Association.Platform.Documents.Pdf.Fonts;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf;

/// <summary>
/// A PDF/A-3B document of A4 pages with embedded faces. The same calls give the same bytes. Not thread-safe; any number of documents may be made at once.
/// </summary>
/// <param name="information">What it says about itself.</param>
public sealed class PdfDocument(PdfInformation information)
{
    private readonly List<PdfPage> pages = [];
    private readonly List<(PdfFont Font, FontSubset Subset)> fonts = [];
    private readonly List<PdfImage> images = [];
    private readonly List<PdfAttachment> attachments = [];

    /// <summary>The media type of PDF.</summary>
    public const string MediaType = "application/pdf";

    /// <summary>Pages so far.</summary>
    public IReadOnlyList<PdfPage> Pages => pages;

    /// <summary>Adds an empty page at the end. Every page stays open until <see cref="Save"/>.</summary>
    public PdfPage AddPage()
    {
        var page = new PdfPage(this);
        pages.Add(page);
        return page;
    }

    /// <summary>Adds a file that travels inside.</summary>
    public void Attach(PdfAttachment attachment) => attachments.Add(attachment);

    /// <summary>The file.</summary>
    /// <exception cref="InvalidOperationException">There is no page.</exception>
    public byte[] Save()
    {
        if (pages.Count == 0)
            throw new InvalidOperationException("A document needs a page.");
        using var file = new PdfFile();
        var catalog = file.Reserve();
        var tree = file.Reserve();
        var info = file.Reserve();
        var resources = WriteResources(file);
        var kids = pages.ConvertAll(page => WritePage(file, page, tree, resources));

        PdfCatalog.WritePages(file, tree, kids);
        information.WriteInfo(file, info);
        WriteCatalog(file, catalog, tree);
        return file.Finish(catalog, info);
    }

    internal FontSubset Use(PdfFont font, out int name)
    {
        name = fonts.FindIndex(used => used.Font == font);
        if (name < 0)
        {
            name = fonts.Count;
            fonts.Add((font, new FontSubset(font.Face, font.Usual)));
        }

        return fonts[name].Subset;
    }

    internal int Use(PdfImage image)
    {
        var name = images.IndexOf(image);
        if (name >= 0)
            return name;
        images.Add(image);
        return images.Count - 1;
    }

    private static int WritePage(PdfFile file, PdfPage page, int tree, int resources)
    {
        var id = file.Reserve();
        var content = file.Reserve();
        file.Begin(id)
            .Raw("<</Type/Page/Parent "u8)
            .Reference(tree)
            .Raw("/Resources "u8)
            .Reference(resources)
            .Raw("/Contents "u8)
            .Reference(content)
            .Raw(">>"u8);
        file.End();
        file.Stream(content, "", page.Content.Bytes);
        return id;
    }

    private int WriteResources(PdfFile file)
    {
        var ids = fonts.ConvertAll(font => PdfFontObjects.Write(file, font.Subset));
        var pictures = images.ConvertAll(image => WriteImage(file, image));
        var resources = file.Reserve();
        var body = file.Begin(resources).Raw("<</Font<<"u8);
        for (var name = 0; name < ids.Count; name++)
            body.Raw("/F"u8).Whole(name).Raw(" "u8).Reference(ids[name]);
        body.Raw(">>"u8);
        if (pictures.Count > 0)
        {
            body.Raw("/XObject<<"u8);
            for (var name = 0; name < pictures.Count; name++)
                body.Raw("/I"u8).Whole(name).Raw(" "u8).Reference(pictures[name]);
            body.Raw(">>"u8);
        }

        body.Raw(">>"u8);
        file.End();
        return resources;
    }

    private static int WriteImage(PdfFile file, PdfImage image)
    {
        var id = file.Reserve();
        file.WriteStream(id, image.Entries, image.Data.Span);
        return id;
    }

    private void WriteCatalog(PdfFile file, int catalog, int tree)
    {
        var files = attachments.ConvertAll(attachment => WriteAttachment(file, attachment));

        var body = PdfCatalog.Begin(file, catalog, tree, information);
        if (files.Count > 0)
        {
            body.Raw("/AF["u8);
            files.ForEach(id => body.Reference(id).Raw(" "u8));
            body.Raw("]/Names<</EmbeddedFiles<</Names["u8);
            // A name tree is sorted by its keys.
            foreach (var (attachment, id) in attachments.Zip(files).OrderBy(pair => pair.First.Name, StringComparer.Ordinal))
                body.Text(attachment.Name).Raw(" "u8).Reference(id).Raw(" "u8);
            body.Raw("]>>>>"u8);
        }

        body.Raw(">>"u8);
        file.End();
    }

    private int WriteAttachment(PdfFile file, PdfAttachment attachment)
    {
        var data = file.Reserve();
        var date = information.CreatedAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var type = attachment.MediaType.Replace("/", "#2F", StringComparison.Ordinal);
        var size = attachment.Bytes.Length.ToString(CultureInfo.InvariantCulture);
        file.Stream(data, $"/Type/EmbeddedFile/Subtype/{type}/Params<</Size {size}/ModDate(D:{date}Z)>>", attachment.Bytes.Span);
        var id = file.Reserve();
        file.Begin(id)
            .Raw("<</Type/Filespec/F "u8)
            .Text(attachment.Name)
            .Raw("/UF "u8)
            .Text(attachment.Name)
            .Raw("/Desc "u8)
            .Text(attachment.Description)
            .Raw("/AFRelationship"u8)
            .Name(attachment.Relationship.ToString())
            .Raw("/EF<</F "u8)
            .Reference(data)
            .Raw("/UF "u8)
            .Reference(data)
            .Raw(">>>>"u8);
        file.End();
        return id;
    }
}
