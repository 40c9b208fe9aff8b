using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExcelFormula = DocumentFormat.OpenXml.Spreadsheet.CellFormula;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>
/// The values of formula cells. ClosedXML's own calculation does not know references to table columns, so what the program computed is put into the
/// finished file: no reader shows an empty sum, whether it computes or not.
/// </summary>
internal sealed partial class ComputedCells
{
    private readonly Dictionary<string, Dictionary<string, (string Formula, decimal? Value)>> _sheets = new(StringComparer.Ordinal);

    /// <summary>Notes the formula and value of a cell.</summary>
    public void Add(string sheet, string address, string formula, decimal? value)
    {
        if (!_sheets.TryGetValue(sheet, out var cells))
            _sheets.Add(sheet, cells = new Dictionary<string, (string, decimal?)>(StringComparer.Ordinal));
        cells.Add(address, (formula, value));
    }

    /// <summary>Writes them into the file.</summary>
    public void Keep(MemoryStream file)
    {
        file.Position = 0;
        using var document = SpreadsheetDocument.Open(file, isEditable: true);
        var book = document.WorkbookPart!;
        foreach (var sheet in book.Workbook.Descendants<Sheet>())
        {
            if (!_sheets.TryGetValue(sheet.Name!.Value!, out var computed))
                continue;
            var part = (WorksheetPart)book.GetPartById(sheet.Id!.Value!);
            foreach (var cell in part.Worksheet.Descendants<Cell>())
                if (computed.TryGetValue(cell.CellReference!.Value!, out var known))
                    Write(cell, known.Formula, known.Value);
            part.Worksheet.Save();
        }
        // Rows to repeat are absolute in every file that Excel writes itself.
        foreach (var name in book.Workbook.Descendants<DefinedName>().Where(n => n.Name?.Value == "_xlnm.Print_Titles"))
            name.Text = RelativeRows().Replace(name.Text, "!$$$1:$$$2");
        book.Workbook.Save();
    }

    [GeneratedRegex(@"!([0-9]+):([0-9]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex RelativeRows();

    private static void Write(Cell cell, string formula, decimal? value)
    {
        cell.CellFormula = new ExcelFormula(formula);
        cell.CellValue = new CellValue(value?.ToString(CultureInfo.InvariantCulture) ?? "");
        cell.DataType = value is null ? CellValues.String : null; // an empty text is what the formula answers then
    }
}
