using Association.Platform.Documents.Excel;

namespace Association.Membership.Import.Reading;

/// <summary>Reads an uploaded workbook or CSV file into rows of cells.</summary>
internal static class ListFile
{
    /// <summary>Reads the visible sheets; the hidden ones only when there is no other.</summary>
    /// <exception cref="SpreadsheetException">The file cannot be read; says why.</exception>
    public static ListDocument Read(ReadOnlyMemory<byte> bytes, string fileName, CancellationToken ct)
    {
        var file = SpreadsheetReader.Read(bytes, fileName, ct: ct);
        var shown = file.Sheets.Where(s => !s.Hidden && s.Rows.Count > 0).ToArray();
        return new ListDocument([.. (shown.Length > 0 ? shown : file.Sheets).Select(Sheet)]);
    }

    private static ListSheet Sheet(SpreadsheetSheet sheet) =>
        new(sheet.Name, [.. sheet.Rows.Select(r => new ListRow(r.Number, r.Cells.Where(c => !c.IsEmpty).ToDictionary(c => c.Column - 1, Cell)))]);

    private static ListCell Cell(SpreadsheetCell cell) =>
        cell.Kind switch
        {
            CellKind.Number when cell.Number is { } number => new ListCell(ListCellKind.Number, cell.Text, number),
            CellKind.Date => new ListCell(ListCellKind.Date, cell.Text, (decimal)cell.Date!.Value.ToOADate()),
            CellKind.Error => new ListCell(ListCellKind.Error, cell.Text),
            _ => new ListCell(ListCellKind.Text, CellText.Of(cell.Text)),
        };
}
