using Association.Platform.Documents.Excel;

namespace Association.Membership.Import.Reading;

/// <summary>Reads an uploaded workbook or CSV file into rows of cells.</summary>
internal static class ListFile
{
    private const int MostSpread = 1_000_000; // no more than a sheet has rows

    /// <summary>Reads the visible sheets; the hidden ones only when there is no other.</summary>
    /// <exception cref="SpreadsheetException">The file cannot be read; says why.</exception>
    public static ListDocument Read(ReadOnlyMemory<byte> bytes, string fileName, CancellationToken ct)
    {
        var file = SpreadsheetReader.Read(bytes, fileName, ct: ct);
        var shown = file.Sheets.Where(s => !s.Hidden && s.Rows.Count > 0).ToArray();
        return new ListDocument([.. (shown.Length > 0 ? shown : file.Sheets).Select(s => Sheet(s, file.From1904))]);
    }

    private static ListSheet Sheet(SpreadsheetSheet sheet, bool from1904)
    {
        var rows = sheet.Rows.Select(r => (Row: r, Cells: Cells(r, from1904))).ToList();
        rows.RemoveAll(r => r.Cells.Count == 0);
        Spread(sheet, rows.ToDictionary(r => r.Row.Number, r => r.Cells));
        return new ListSheet(sheet.Name, [.. rows.Select(r => new ListRow(r.Row.Number, r.Cells, r.Row.Hidden))]);
    }

    // A cell that is one for several rows holds for each of them: a practice of three physicians, one address.
    private static void Spread(SpreadsheetSheet sheet, Dictionary<int, Dictionary<int, ListCell>> rows)
    {
        var left = MostSpread;
        foreach (var merged in sheet.Merged.Where(m => m.LastRow > m.FirstRow))
            if (rows.GetValueOrDefault(merged.FirstRow)?.GetValueOrDefault(merged.FirstColumn - 1) is { } value)
                for (var row = merged.FirstRow + 1; row <= merged.LastRow && left > 0; row++, left--)
                    rows.GetValueOrDefault(row)?.TryAdd(merged.FirstColumn - 1, value);
    }

    // A cell in which nothing can be seen is empty, and so is a row of such cells.
    private static Dictionary<int, ListCell> Cells(SpreadsheetRow row, bool from1904) =>
        row
            .Cells.Where(c => !c.IsEmpty)
            .Select(c => (c.Column, Cell: Cell(c, from1904)))
            .Where(c => !string.IsNullOrWhiteSpace(c.Cell.Text))
            .ToDictionary(c => c.Column - 1, c => c.Cell);

    private static ListCell Cell(SpreadsheetCell cell, bool from1904) =>
        cell.Kind switch
        {
            CellKind.Number when cell.Number is { } number => new ListCell(ListCellKind.Number, cell.Text, number, from1904),
            CellKind.Date => new ListCell(ListCellKind.Date, cell.Text, (decimal)cell.Date!.Value.ToOADate()),
            CellKind.Error => new ListCell(ListCellKind.Error, cell.Text),
            _ => new ListCell(ListCellKind.Text, CellText.Of(cell.Text), From1904: from1904, Unseen: cell.Unseen),
        };
}
