using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>
/// Goes through the sheets of a checked workbook once, keeping next to nothing: counts what the library would hold in memory, before it does, and finds what
/// the library (3.6.0, the last version that can be had) does not tell: cells whose formula failed or was never computed, which it reads as empty, though an
/// amount that is <c>#REF!</c> must not be taken for one that nobody typed; rows that Excel hides; cells that are one for several rows.
/// </summary>
internal sealed class WorkbookSurvey(string fileName, SpreadsheetLimits limits)
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int CellsInARow = 16_384; // Excel's own limits, from here
    private const int TextInACell = 8 * 32_767; // a line break may be written as _x000D_
    private const int Ranges = 65_536;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    private readonly Dictionary<string, SurveyedSheet> _sheets = new(StringComparer.Ordinal);
    private readonly char[] _text = new char[4096];
    private int _cells;
    private int _ranges;

    /// <summary>Whether days are counted from 1904, as old Macs did.</summary>
    public bool From1904 { get; private init; }

    /// <summary>What was found in a sheet; null when it was not looked at.</summary>
    public SurveyedSheet? Of(string? sheet) => _sheets.GetValueOrDefault(sheet ?? "");

    /// <summary>Goes through all sheets.</summary>
    /// <exception cref="SpreadsheetException">There is more in them than is allowed.</exception>
    public static WorkbookSurvey Read(Stream file, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var survey = new WorkbookSurvey(fileName, limits)
        {
            From1904 = Elements(zip, "xl/workbook.xml", "workbookPr").Any(e => (string?)e.Attribute("date1904") is "1" or "true"),
        };
        var sheets = Sheets(zip).ToList();
        if (sheets.Sum(s => s.Part.Length) > limits.UnpackedBytes)
            throw survey.Bomb(); // a part that is several sheets is read once for each of them
        foreach (var (name, part) in sheets)
        {
            using var content = part.Open();
            using var xml = XmlReader.Create(content, Settings);
            survey.Read(xml, name, ct);
        }

        return survey;
    }

    private void Read(XmlReader xml, string name, CancellationToken ct)
    {
        var sheet = _sheets[name] = new SurveyedSheet();
        var (row, column, inRow, hidden, element, cell) = (0, 0, 0, false, "", default(SurveyedCell));
        while (xml.Read())
        {
            ct.ThrowIfCancellationRequested();
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && Start(xml).Trim() is var code && element == "v")
                cell.Value = code is { Length: > 0 and < 40 } ? code : "#N/A";
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c" && cell.Fault is { } fault)
            {
                if (!cell.Counted)
                    CountCell(sheet, name, row, hidden);
                sheet.Errors[(row, column)] = fault;
            }
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            element = xml.LocalName;
            switch (element)
            {
                case "row":
                    row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : row + 1;
                    (column, inRow, hidden) = (0, 0, xml.GetAttribute("hidden") is "1" or "true");
                    break;
                case "c":
                    if (++inRow > CellsInARow)
                        throw Bomb();
                    column++;
                    cell = default;
                    if (xml.IsEmptyElement)
                        break; // a format and nothing else
                    if (Place(xml.GetAttribute("r")) is { } place)
                        (row, column) = place;
                    cell.Type = xml.GetAttribute("t");
                    break;
                case "f":
                    cell.Formula = true;
                    break;
                case "v" or "is":
                    cell.Counted = true;
                    CountCell(sheet, name, row, hidden);
                    if (column > limits.Columns)
                        throw new SpreadsheetException(SpreadsheetProblem.TooManyColumns, null, fileName, name, SpreadsheetCell.LetterOf(limits.Columns), row);
                    break;
                case "mergeCell" or "col":
                    if (++_ranges > Ranges)
                        throw Bomb();
                    if (xml.GetAttribute("ref")?.Split(':') is [var start, var end] && Place(start) is { } first && Place(end) is { } last)
                        sheet.Merged.Add(new MergedCells(first.Row, first.Column, last.Row, last.Column));
                    break;
            }
        }
    }

    private void CountCell(SurveyedSheet sheet, string name, int row, bool hidden)
    {
        if (++_cells > limits.Cells)
            throw new SpreadsheetException(SpreadsheetProblem.TooManyCells, null, fileName, limits.Cells);
        if (!sheet.Rows.Add(row))
            return;
        if (sheet.Rows.Count > limits.Rows)
            throw new SpreadsheetException(SpreadsheetProblem.TooManyRows, null, fileName, name, new Count(limits.Rows));
        if (hidden)
            sheet.HiddenRows.Add(row);
    }

    // Where a text begins; its rest is read in pieces, so that no length of it costs memory.
    private string Start(XmlReader xml)
    {
        var length = xml.ReadValueChunk(_text, 0, _text.Length);
        var start = length is > 0 and < 80 ? new string(_text, 0, length) : "";
        for (var read = length; read > 0 && length <= TextInACell; length += read)
            read = xml.ReadValueChunk(_text, 0, _text.Length);
        return length <= TextInACell ? start : throw Bomb();
    }

    private SpreadsheetException Bomb() => new(SpreadsheetProblem.Bomb, null, fileName, limits.UnpackedBytes / (1024 * 1024), limits.Parts);

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

/// <summary>What was found in a sheet beside its values.</summary>
internal sealed class SurveyedSheet
{
    /// <summary>Codes of failed formulas by 1-based row and column.</summary>
    public Dictionary<(int Row, int Column), string> Errors { get; } = [];

    /// <summary>Rows with content.</summary>
    public HashSet<int> Rows { get; } = [];

    /// <summary>Those of them that Excel does not show.</summary>
    public HashSet<int> HiddenRows { get; } = [];

    /// <summary>Cells that are one.</summary>
    public List<MergedCells> Merged { get; } = [];
}

/// <summary>What was seen of a cell so far.</summary>
internal struct SurveyedCell
{
    public string? Type;
    public bool Formula;
    public bool Counted;
    public string? Value;

    /// <summary>The code to show instead of a value; null for a cell that has one. A formula may well result in an empty text.</summary>
    public readonly string? Fault =>
        Type == "e" ? Value ?? "#N/A"
        : Formula && Value is null && !(Type == "str" && Counted) ? SpreadsheetCell.NotComputed
        : null;
}
