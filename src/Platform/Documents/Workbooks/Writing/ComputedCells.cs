using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Association.Platform.Data.Settings;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>
/// What ClosedXML does not write, put into the finished file by one pass over its sheets. The values of formula cells: its own calculation does not know
/// references to table columns, and no reader shows an empty sum, whether it computes or not. The further rows of long tables (<see cref="LongRows"/>). And
/// charts (<see cref="ChartDrawing"/>).
/// </summary>
internal sealed partial class ComputedCells
{
    private readonly Dictionary<string, SheetRest> _sheets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Sheet, int Header)> _tables = new(StringComparer.Ordinal);

    /// <summary>Notes the formula and value of a cell.</summary>
    public void Add(string sheet, string address, string formula, decimal? value) => Of(sheet).Computed.Add(address, (formula, value));

    /// <summary>Notes rows that are still to be written; below the ones that were noted before.</summary>
    public void Add(string sheet, LongRows rows) => Of(sheet).Rows.Add(rows);

    /// <summary>Notes a chart.</summary>
    public void Add(string sheet, PlacedChart chart) => Of(sheet).Chart = chart;

    /// <summary>Notes where a table begins, for charts of it.</summary>
    public void Placed(string table, string sheet, int header) => _tables.Add(table, (sheet, header));

    /// <summary>Writes them into the file.</summary>
    /// <param name="file">As ClosedXML wrote it.</param>
    /// <param name="color">Of the book.</param>
    public void Keep(MemoryStream file, AccentColor? color)
    {
        file.Position = 0;
        using var document = SpreadsheetDocument.Open(file, isEditable: true);
        var book = document.WorkbookPart!;
        var styles = new TextStyles(book.WorkbookStylesPart!.Stylesheet);
        foreach (var sheet in book.Workbook.Descendants<Sheet>())
        {
            if (!_sheets.TryGetValue(sheet.Name!.Value!, out var rest))
                continue;
            var part = book.GetPartById(sheet.Id!.Value!);
            using var written = new MemoryStream();
            using (var from = part.GetStream(FileMode.Open, FileAccess.Read))
            using (var reader = XmlReader.Create(from, new XmlReaderSettings { IgnoreWhitespace = false }))
            using (var writer = XmlWriter.Create(written))
                new SheetPass(reader, writer, rest, styles).Run();
            written.Position = 0;
            part.FeedData(written);
            if (rest.Chart is { } chart)
                new ChartDrawing(_tables, color).Write((WorksheetPart)part, chart);
        }
        book.WorkbookStylesPart.Stylesheet.Save();
        // Rows to repeat are absolute in every file that Excel writes itself.
        foreach (var name in book.Workbook.Descendants<DefinedName>().Where(n => n.Name?.Value == "_xlnm.Print_Titles"))
            name.Text = RelativeRows().Replace(name.Text, "!$$$1:$$$2");
        book.Workbook.Save();
    }

    [GeneratedRegex(@"!([0-9]+):([0-9]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex RelativeRows();

    private SheetRest Of(string sheet)
    {
        if (!_sheets.TryGetValue(sheet, out var rest))
            _sheets.Add(sheet, rest = new SheetRest());
        return rest;
    }
}

/// <summary>What a sheet still lacks.</summary>
internal sealed class SheetRest
{
    /// <summary>Formula and value by address.</summary>
    public Dictionary<string, (string Formula, decimal? Value)> Computed { get; } = new(StringComparer.Ordinal);

    /// <summary>From top to bottom.</summary>
    public List<LongRows> Rows { get; } = [];

    /// <summary>Null without.</summary>
    public PlacedChart? Chart { get; set; }
}

/// <summary>The style of a text that looks like a formula: the same with the mark that keeps it text when somebody edits the cell.</summary>
internal sealed class TextStyles(Stylesheet sheet)
{
    private readonly Dictionary<int, int> _quoted = [];

    public int Quoted(int style)
    {
        if (_quoted.TryGetValue(style, out var known))
            return known;
        var formats = sheet.CellFormats!;
        var marked = (DocumentFormat.OpenXml.Spreadsheet.CellFormat)formats.ElementAt(style).CloneNode(deep: true);
        marked.QuotePrefix = true;
        formats.Append(marked);
        var index = formats.ChildElements.Count - 1;
        formats.Count = (uint)formats.ChildElements.Count;
        _quoted.Add(style, index);
        return index;
    }

    /// <summary>A number as a file has it.</summary>
    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
