using Association.Platform.Documents.Excel.Writing;
using Association.Platform.Documents.Workbooks.Writing;
using ClosedXML.Excel;

namespace Association.Platform.Documents.Workbooks;

/// <summary>Writes a report for people: some thousand rows, real Excel tables, formulas that are computed already, ready to print.</summary>
/// <remarks>
/// Lists are the business of <see cref="Excel.SpreadsheetWriter"/>; this one holds the workbook in memory, but for the rows of long tables, which are written
/// last, row by row. Every formula carries its value, so that a reader that does not compute (a preview, a phone, an archive) shows the same as Excel.
/// </remarks>
public static class ReportWorkbook
{
    /// <summary>The bytes of the .xlsx file.</summary>
    public static byte[] Write(ReportBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        using var workbook = new XLWorkbook();
        workbook.Properties.Title = book.Title;
        workbook.Properties.Author = book.Author;
        workbook.Properties.Created = book.CreatedAt.UtcDateTime;
        workbook.Properties.Modified = book.CreatedAt.UtcDateTime;
        workbook.Style.Font.FontName = ReportStyles.Font;
        workbook.Style.Font.FontSize = ReportStyles.TextSize;

        var names = new List<string>();
        var computed = new ComputedCells();
        foreach (var sheet in book.Sheets)
        {
            var name = SheetNames.Allowed(sheet.Name, names);
            names.Add(name);
            new ReportSheetWriter(workbook.AddWorksheet(name), book, computed).Write(sheet);
        }

        using var bytes = new MemoryStream();
        workbook.SaveAs(bytes);
        computed.Keep(bytes, book.Color);
        return bytes.ToArray();
    }
}
