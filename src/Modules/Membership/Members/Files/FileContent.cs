using System.IO.Compression;

namespace Association.Membership.Members.Files;

/// <summary>A kind of file that the office keeps.</summary>
/// <param name="Endings">Of its names, the first one is usual; lower case, with the full stop.</param>
/// <param name="MediaType">Under which it is handed out.</param>
internal sealed record FileKind(IReadOnlyList<string> Endings, string MediaType);

/// <summary>Tells what a file is by its bytes, whatever it is called: PDF, pictures, documents of offices. Everything else is refused, macros too.</summary>
internal static class FileContent
{
    public const int LargestMegabytes = 20;

    private const int MostParts = 10_000; // a document has some dozens; the list of more is not even read to its end
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    private static readonly FileKind Pdf = new([".pdf"], "application/pdf");
    private static readonly FileKind Png = new([".png"], "image/png");
    private static readonly FileKind Jpeg = new([".jpg", ".jpeg"], "image/jpeg");

    // Which is the part that makes it one: ECMA-376, part 2 and 1.
    private static readonly (string Part, FileKind Kind)[] ByPart =
    [
        ("word/document.xml", new([".docx"], OpenXml + "wordprocessingml.document")),
        ("xl/workbook.xml", new([".xlsx"], OpenXml + "spreadsheetml.sheet")),
        ("ppt/presentation.xml", new([".pptx"], OpenXml + "presentationml.presentation")),
    ];

    private static readonly FileKind[] OpenDocuments =
    [
        new([".odt"], OpenDocument + "text"),
        new([".ods"], OpenDocument + "spreadsheet"),
        new([".odp"], OpenDocument + "presentation"),
    ];

    /// <summary>What the page offers to choose.</summary>
    public static readonly IReadOnlyList<string> Endings =
    [
        .. new[] { Pdf, Png, Jpeg }.Concat(ByPart.Select(p => p.Kind)).Concat(OpenDocuments).SelectMany(k => k.Endings),
    ];

    /// <summary>Its kind; null when it is none of those that are kept.</summary>
    public static FileKind? KindOf(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n']))
            return Png;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
            return Jpeg;
        // What readers ask for: the header within the first kilobyte, the end mark within the last (ISO 32000-1, annex H.3, notes 13 and 18).
        if (bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
            return bytes[Math.Max(0, bytes.Length - 1024)..].IndexOf("%%EOF"u8) >= 0 ? Pdf : null;
        return bytes.StartsWith("PK\x03\x04"u8) ? DocumentKind(file) : null;
    }

    // Only the list of the parts is read, and of the one that names the kind its few letters; nothing else is unpacked.
    private static FileKind? DocumentKind(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostParts || zip.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
                return null;
            if (zip.GetEntry("[Content_Types].xml") is not null)
                return ByPart.FirstOrDefault(p => zip.GetEntry(p.Part) is not null).Kind;
            return zip.GetEntry("mimetype") is { Length: < 100 } named && !zip.Entries.Any(e => e.FullName.StartsWith("Basic/", StringComparison.Ordinal))
                ? OpenDocuments.FirstOrDefault(k => k.MediaType == Text(named))
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        var letters = new char[100];
        return new string(letters, 0, reader.ReadBlock(letters, 0, letters.Length)).Trim();
    }
}
