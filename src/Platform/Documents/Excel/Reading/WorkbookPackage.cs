using System.IO.Compression;
using System.Xml;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Looks through a workbook's parts before anything interprets them.</summary>
internal static class WorkbookPackage
{
    private const int SmallPart = 10 * 1024 * 1024;
    private const int LongestTag = 1024 * 1024;
    private const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static readonly XmlReaderSettings Prolog = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 1 << 20,
    };

    /// <exception cref="SpreadsheetException">It is not a workbook, or not a harmless one.</exception>
    /// <exception cref="InvalidDataException">It is not a readable ZIP file.</exception>
    public static void Check(Stream file, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.Count > limits.Parts)
            throw Bomb(fileName, limits.UnpackedBytes, limits);
        CheckIsWorkbook(zip, fileName);

        var unpacked = 0L;
        foreach (var part in zip.Entries)
        {
            unpacked += Unpack(part, fileName, limits, limits.UnpackedBytes - unpacked, ct);
            if (IsXml(part.FullName))
                CheckProlog(part, fileName, isWorkbook: part.FullName.EndsWith("xl/workbook.xml", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static void CheckIsWorkbook(ZipArchive zip, string fileName)
    {
        var names = zip.Entries.Select(e => e.FullName.Replace('\\', '/').TrimStart('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Contains("xl/workbook.xml"))
            return;
        var other = names.Contains("xl/workbook.bin") || names.Contains("content.xml") && names.Contains("mimetype");
        throw new SpreadsheetException(other ? SpreadsheetProblem.OldFormat : SpreadsheetProblem.NotASpreadsheet, arguments: fileName);
    }

    // The sizes in a ZIP's directory are claims; only unpacking tells. Nothing is kept, so this costs time but no memory.
    private static long Unpack(ZipArchiveEntry part, string fileName, SpreadsheetLimits limits, long left, CancellationToken ct)
    {
        var most = Math.Min(left, Math.Max(SmallPart, part.CompressedLength * limits.Ratio));
        most = Math.Min(most, AtOnce(part.FullName, limits) ?? most);
        var isXml = IsXml(part.FullName);
        using var content = part.Open();
        Span<byte> buffer = stackalloc byte[16 * 1024];
        var (length, withoutTag) = (0L, 0L);
        for (int read; (read = content.Read(buffer)) > 0; )
        {
            ct.ThrowIfCancellationRequested();
            length += read;
            // Between two „>“ lies a tag or a text, which any reader of XML holds as a whole.
            var tag = isXml ? buffer[..read].LastIndexOf((byte)'>') : read - 1;
            withoutTag = tag < 0 ? withoutTag + read : read - tag - 1;
            if (length > most || withoutTag > LongestTag)
                throw Bomb(fileName, most, limits);
        }

        return length;
    }

    // A document type can only stand before the root element, so reading up to that is enough.
    private static void CheckProlog(ZipArchiveEntry part, string fileName, bool isWorkbook)
    {
        using var content = part.Open();
        try
        {
            using var xml = XmlReader.Create(content, Prolog);
            while (xml.Read() && xml.NodeType != XmlNodeType.Element)
            {
                if (xml.NodeType == XmlNodeType.DocumentType)
                    throw new SpreadsheetException(SpreadsheetProblem.ForbiddenXml, arguments: fileName);
            }

            // Excel can save „Strict Open XML“ under the same extension; the library would find no sheet in it.
            if (isWorkbook && xml.NodeType == XmlNodeType.Element && xml.NamespaceURI != Transitional)
                throw new SpreadsheetException(SpreadsheetProblem.Strict, arguments: fileName);
        }
        catch (XmlException e)
        {
            // The reader names a prohibited document type only in its sentence; look whether one stands there.
            throw new SpreadsheetException(HasDocumentType(part) ? SpreadsheetProblem.ForbiddenXml : SpreadsheetProblem.Damaged, e, fileName);
        }
    }

    private static bool HasDocumentType(ZipArchiveEntry part)
    {
        using var content = new StreamReader(part.Open(), detectEncodingFromByteOrderMarks: true);
        var start = new char[4096];
        var length = content.ReadBlock(start);
        return start.AsSpan(0, length).Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
    }

    // How much of a part that the library reads as a whole before the rows; null for the others.
    private static long? AtOnce(string name, SpreadsheetLimits limits) =>
        Path.GetFileNameWithoutExtension(name).ToUpperInvariant() switch
        {
            "SHAREDSTRINGS" => limits.SharedTextBytes,
            "STYLES" or "WORKBOOK" or "WORKBOOK.XML" or "WORKBOOK.BIN" => limits.PartBytes,
            _ => null,
        };

    private static SpreadsheetException Bomb(string fileName, long bytes, SpreadsheetLimits limits) =>
        new(SpreadsheetProblem.Bomb, null, fileName, Math.Max(1, bytes / (1024 * 1024)), limits.Parts);

    private static bool IsXml(string name) => Path.GetExtension(name).ToUpperInvariant() is ".XML" or ".RELS" or ".VML";
}
