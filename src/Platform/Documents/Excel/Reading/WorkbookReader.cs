using System.Runtime.InteropServices;
using System.Text;
using ExcelDataReader;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Reads the rows of a checked .xlsx workbook.</summary>
internal static class WorkbookReader
{
    // The library asks for code page 1252 even where it does not need it.
    static WorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Spreadsheet Read(ReadOnlyMemory<byte> bytes, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        try
        {
            using var file = Open(bytes);
            WorkbookPackage.Check(file, fileName, limits, ct);
            file.Position = 0;
            var errors = WorkbookErrors.Read(file, ct);
            file.Position = 0;
            return ReadSheets(file, errors, fileName, limits, ct);
        }
        catch (Exception e) when (e is not SpreadsheetException and not OperationCanceledException and not OutOfMemoryException)
        {
            // Which exceptions a damaged file raises inside ZIP, XML and the library is without end: they all mean the same to a person.
            throw new SpreadsheetException(SpreadsheetProblem.Damaged, e, fileName);
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private static Spreadsheet ReadSheets(Stream file, WorkbookErrors errors, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
        var sheets = new List<SpreadsheetSheet>();
        do
        {
            var hidden = reader.VisibleState is not null && !reader.VisibleState.Equals("visible", StringComparison.OrdinalIgnoreCase);
            sheets.Add(new SpreadsheetSheet(reader.Name ?? "", hidden, ReadRows(reader, errors.Of(reader.Name), fileName, limits, ct)));
        } while (reader.NextResult());
        return new Spreadsheet(fileName, sheets);
    }

    private static List<SpreadsheetRow> ReadRows(
        IExcelDataReader reader,
        IReadOnlyDictionary<(int Row, int Column), string> errors,
        string fileName,
        SpreadsheetLimits limits,
        CancellationToken ct
    )
    {
        var lastColumn = Math.Max(reader.FieldCount, errors.Keys.Select(place => place.Column).DefaultIfEmpty().Max());
        var rows = new List<SpreadsheetRow>();
        var cells = new List<SpreadsheetCell>();
        for (var number = 1; reader.Read(); number++)
        {
            ct.ThrowIfCancellationRequested();
            cells.Clear();
            for (var column = 1; column <= lastColumn; column++)
            {
                var cell = errors.TryGetValue((number, column), out var code)
                    ? SpreadsheetCell.OfError(number, column, code)
                    : WorkbookCell.Read(reader, number, column);
                if (cell.IsEmpty)
                    continue;
                if (column > limits.Columns)
                {
                    var last = SpreadsheetCell.LetterOf(limits.Columns);
                    throw new SpreadsheetException(SpreadsheetProblem.TooManyColumns, null, fileName, reader.Name ?? "", last, number);
                }

                cells.Add(cell);
            }

            if (cells.Count > 0)
            {
                if (rows.Count == limits.Rows)
                    throw new SpreadsheetException(SpreadsheetProblem.TooManyRows, null, fileName, reader.Name ?? "", limits.Rows);
                rows.Add(new SpreadsheetRow(number, [.. cells]));
            }
            else if (number - (rows.Count == 0 ? 0 : rows[^1].Number) > limits.EmptyRows)
            {
                break;
            }
        }

        return rows;
    }
}
