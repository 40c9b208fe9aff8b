using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>
/// Finds the cells whose formula failed. The library (3.6.0, the last version that can be had) reads them as empty, and an amount that is
/// <c>#REF!</c> must not be taken for an amount that nobody typed.
/// </summary>
internal sealed class WorkbookErrors
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int Most = 1_000_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    private readonly Dictionary<string, Dictionary<(int Row, int Column), string>> bySheet = new(StringComparer.Ordinal);

    /// <summary>Errors of a sheet by 1-based row and column.</summary>
    public IReadOnlyDictionary<(int Row, int Column), string> Of(string? sheet) => bySheet.GetValueOrDefault(sheet ?? "") ?? [];

    /// <summary>Reads all sheets of a checked workbook.</summary>
    public static WorkbookErrors Read(Stream file, CancellationToken ct)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var errors = new WorkbookErrors();
        foreach (var (name, part) in Sheets(zip))
        {
            var cells = errors.bySheet[name] = [];
            using var content = part.Open();
            using var xml = XmlReader.Create(content, Settings);
            while (cells.Count < Most && xml.Read())
            {
                ct.ThrowIfCancellationRequested();
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c" && xml.GetAttribute("t") == "e" && Place(xml.GetAttribute("r")) is { } place)
                    cells[place] = Value(xml);
            }
        }

        return errors;
    }

    private static IEnumerable<(string Name, ZipArchiveEntry Part)> Sheets(ZipArchive zip)
    {
        var targets = Elements(zip, "xl/_rels/workbook.xml.rels", "Relationship")
            .Where(r => r.Attribute("Id") is not null && r.Attribute("Target") is not null)
            .ToLookup(r => (string)r.Attribute("Id")!, r => (string)r.Attribute("Target")!, StringComparer.Ordinal);
        foreach (var sheet in Elements(zip, "xl/workbook.xml", "sheet"))
        {
            var target = targets[(string?)sheet.Attribute(XName.Get("id", Relationships)) ?? ""].FirstOrDefault();
            if (target is null)
                continue;
            var path = target.StartsWith('/') ? target[1..] : "xl/" + target;
            if (zip.GetEntry(path) is { } part)
                yield return ((string?)sheet.Attribute("name") ?? "", part);
        }
    }

    private static IEnumerable<XElement> Elements(ZipArchive zip, string path, string name)
    {
        if (zip.GetEntry(path) is not { } part)
            return [];
        using var content = part.Open();
        using var xml = XmlReader.Create(content, Settings);
        return XDocument.Load(xml).Descendants().Where(e => e.Name.LocalName == name);
    }

    private static string Value(XmlReader cell)
    {
        using var content = cell.ReadSubtree();
        return content.ReadToDescendant("v", cell.NamespaceURI) && content.ReadElementContentAsString().Trim() is { Length: > 0 and < 40 } code ? code : "#N/A";
    }

    // „AB12“: up to three letters, then the row.
    private static (int Row, int Column)? Place(string? reference)
    {
        var letters = 0;
        var column = 0;
        for (; letters < reference?.Length && char.IsAsciiLetterUpper(reference[letters]) && letters < 3; letters++)
            column = column * 26 + (reference[letters] - 'A' + 1);
        return letters > 0 && int.TryParse(reference.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row, column) : null;
    }
}
