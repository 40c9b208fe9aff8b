using System.Runtime.InteropServices;
using System.Text;
using Association.Platform.Data.Kernel;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Reads the rows of a checked workbook.</summary>
internal static class WorkbookReader
{
    private const int LastRow = 1_048_576;

    // The library asks for code page 1252 even where it does not need it.
    static WorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Spreadsheet Read(ReadOnlyMemory<byte> bytes, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        try
        {
            using var file = Open(bytes);
            WorkbookPackage.Check(file, fileName, limits, ct);
            file.Position = 0;
            var survey = WorkbookSurvey.Read(file, fileName, limits, ct);
            file.Position = 0;
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            return ReadSheets(reader, survey.Of, fileName, limits, ct) with { From1904 = survey.From1904 };
        }
        catch (Exception e) when (e is not SpreadsheetException and not OperationCanceledException and not OutOfMemoryException)
        {
            // Which exceptions a damaged file raises inside ZIP, XML and the library is without end: they all mean the same to a person.
            throw new SpreadsheetException(SpreadsheetProblem.Damaged, e, fileName);
        }
    }

    /// <summary>Reads an .xls workbook, whose cells are counted and looked through in the same way.</summary>
    public static Spreadsheet ReadOld(ReadOnlyMemory<byte> bytes, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        try
        {
            var survey = OldWorkbookSurvey.Read(bytes.Span, fileName, limits, ct);
            using var file = Open(bytes);
            using var reader = ExcelReaderFactory.CreateBinaryReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            return ReadSheets(reader, survey.Of, fileName, limits, ct) with { From1904 = survey.From1904 };
        }
        catch (InvalidPasswordException e)
        {
            throw new SpreadsheetException(SpreadsheetProblem.Encrypted, e, fileName);
        }
        catch (Exception e) when (e is not SpreadsheetException and not OperationCanceledException)
        {
            // A damaged count may ask for more memory than there is; the file itself is small.
            throw new SpreadsheetException(SpreadsheetProblem.Damaged, e, fileName);
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private static Spreadsheet ReadSheets(
        IExcelDataReader reader,
        Func<string?, SurveyedSheet?> survey,
        string fileName,
        SpreadsheetLimits limits,
        CancellationToken ct
    )
    {
        var sheets = new List<SpreadsheetSheet>();
        var count = 0;
        do
        {
            var hidden = reader.VisibleState is not null && !reader.VisibleState.Equals("visible", StringComparison.OrdinalIgnoreCase);
            var surveyed = survey(reader.Name);
            var rows = ReadRows(reader, surveyed, fileName, limits, ref count, ct);
            sheets.Add(new SpreadsheetSheet(reader.Name ?? "", hidden, rows) { Merged = surveyed?.Merged ?? [] });
        } while (reader.NextResult());
        return new Spreadsheet(fileName, sheets);
    }

    private static List<SpreadsheetRow> ReadRows(
        IExcelDataReader reader,
        SurveyedSheet? survey,
        string fileName,
        SpreadsheetLimits limits,
        ref int count,
        CancellationToken ct
    )
    {
        var errors = survey?.Errors ?? [];
        var lastColumn = Math.Max(reader.FieldCount, errors.Keys.Select(place => place.Column).DefaultIfEmpty().Max());
        if (survey is not null)
            lastColumn = Math.Min(lastColumn, limits.Columns); // it saw nothing beyond
        var rows = new List<SpreadsheetRow>();
        var cells = new List<SpreadsheetCell>();
        var lastRow = survey is null ? int.MaxValue : Math.Min(survey.Rows.DefaultIfEmpty().Max(), LastRow);
        for (var number = 1; number <= lastRow && reader.Read(); number++)
        {
            ct.ThrowIfCancellationRequested();
            if (survey?.Rows.Contains(number) == false)
                continue;
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

                if (++count > limits.Cells)
                    throw new SpreadsheetException(SpreadsheetProblem.TooManyCells, null, fileName, limits.Cells);
                cells.Add(cell);
            }

            if (cells.Count > 0)
            {
                if (rows.Count == limits.Rows)
                    throw new SpreadsheetException(SpreadsheetProblem.TooManyRows, null, fileName, reader.Name ?? "", new Count(limits.Rows));
                rows.Add(new SpreadsheetRow(number, [.. cells], survey?.HiddenRows.Contains(number) ?? false));
            }
            else if (survey is null && number - (rows.Count == 0 ? 0 : rows[^1].Number) > limits.EmptyRows)
            {
                break;
            }
        }

        return rows;
    }
}
