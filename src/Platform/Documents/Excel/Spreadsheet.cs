namespace Association.Platform.Documents.Excel;

/// <summary>A workbook or CSV file as a person typed it: nothing converted, every cell with its place.</summary>
/// <param name="FileName">As uploaded.</param>
/// <param name="Sheets">In the workbook's order, hidden ones flagged; a CSV file has one, named like the file.</param>
public sealed record Spreadsheet(string FileName, IReadOnlyList<SpreadsheetSheet> Sheets)
{
    /// <summary>Whether a number that stands for a day counts from 1904 (old Macs); cells of kind <see cref="CellKind.Date"/> are right either way.</summary>
    public bool From1904 { get; init; }
}

/// <summary>Cells that are one; what it says stands in the first of them. All 1-based and inclusive.</summary>
public sealed record MergedCells(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>A sheet.</summary>
/// <param name="Name">Its tab.</param>
/// <param name="Hidden">A person does not see it in Excel: do not read it without saying so.</param>
/// <param name="Rows">Rows with content, ascending; empty rows are left out, so numbers may have gaps.</param>
public sealed record SpreadsheetSheet(string Name, bool Hidden, IReadOnlyList<SpreadsheetRow> Rows)
{
    /// <summary>Cells that are one.</summary>
    public IReadOnlyList<MergedCells> Merged { get; init; } = [];

    /// <summary>The last column with content, 1-based; 0 in an empty sheet.</summary>
    public int LastColumn => Rows.Count == 0 ? 0 : Rows.Max(row => row.LastColumn);
}

/// <summary>A row with content.</summary>
public sealed class SpreadsheetRow
{
    private readonly SpreadsheetCell[] cells;

    internal SpreadsheetRow(int number, SpreadsheetCell[] cells, bool hidden = false)
    {
        Number = number;
        Hidden = hidden;
        this.cells = cells;
    }

    /// <summary>1-based, as Excel shows it.</summary>
    public int Number { get; }

    /// <summary>A person does not see it in Excel, because of a filter or by hand.</summary>
    public bool Hidden { get; }

    /// <summary>The last column with content, 1-based.</summary>
    public int LastColumn => cells[^1].Column;

    /// <summary>Cells with content, left to right.</summary>
    public IReadOnlyList<SpreadsheetCell> Cells => cells;

    /// <summary>The cell of a 1-based column; one of kind <see cref="CellKind.Empty"/> where there is nothing.</summary>
    public SpreadsheetCell this[int column]
    {
        get
        {
            var low = 0;
            var high = cells.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var found = cells[middle].Column.CompareTo(column);
                if (found == 0)
                    return cells[middle];
                if (found < 0)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return SpreadsheetCell.EmptyAt(Number, column);
        }
    }
}
