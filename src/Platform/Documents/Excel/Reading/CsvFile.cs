using Association.Platform.Data.Kernel;
using CsvHelper;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Reads CSV as spreadsheets write it: RFC 4180 with <c>;</c>, <c>,</c>, <c>|</c> or tab, in UTF-8, UTF-16 or Windows-1252.</summary>
/// <remarks>CsvHelper cuts the text into fields; which encoding it has (<see cref="CsvEncoding"/>), and how much of it is read, is decided here.</remarks>
internal static class CsvFile
{
    // Rows as a person counts them, blank ones among them.
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Recover,
    };

    /// <summary>Whether these bytes can be text: UTF-16, or free of control characters that no text has.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes) => CsvEncoding.Utf16(bytes) is not null || !bytes.ContainsAnyInRange((byte)0x00, (byte)0x08);

    /// <exception cref="SpreadsheetException">Too many rows or columns, no text in an encoding that is known, or a quotation mark that nobody closes.</exception>
    public static Spreadsheet Read(ReadOnlySpan<byte> bytes, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        var sheet = Path.GetFileNameWithoutExtension(fileName);
        var rows = new List<SpreadsheetRow>();
        var cells = new List<SpreadsheetCell>();
        var (text, count) = (CsvEncoding.Decode(bytes, fileName), 0);
        // The library cuts a whole row at once, and a row may be the whole file.
        if (text.AsSpan().Count(';') + text.AsSpan().Count(',') + text.AsSpan().Count('|') + text.AsSpan().Count('\t') > limits.Fields)
            throw TooManyCells(fileName, limits.Fields);
        // What follows would all be one field, and the members in it nowhere.
        if (CsvQuotes.Unclosed(text) is { } opened)
            throw new SpreadsheetException(SpreadsheetProblem.UnclosedQuote, null, fileName, opened);
        using var records = CsvReader.FromText(text, Options);
        for (var number = 1; records.Read(); number++)
        {
            ct.ThrowIfCancellationRequested();
            cells.Clear();
            for (var column = 1; column <= records.FieldCount; column++)
            {
                var field = records.GetString(column - 1);
                if (string.IsNullOrWhiteSpace(field))
                    continue;
                if (column > limits.Columns)
                    throw new SpreadsheetException(SpreadsheetProblem.TooManyColumns, null, fileName, sheet, SpreadsheetCell.LetterOf(limits.Columns), number);
                if (++count > limits.Cells)
                    throw TooManyCells(fileName, limits.Cells);
                cells.Add(SpreadsheetCell.OfText(number, column, field));
            }

            if (cells.Count == 0)
                continue;
            if (rows.Count == limits.Rows)
                throw new SpreadsheetException(SpreadsheetProblem.TooManyRows, null, fileName, sheet, new Count(limits.Rows));
            rows.Add(new SpreadsheetRow(number, [.. cells]));
        }

        return new Spreadsheet(fileName, [new SpreadsheetSheet(sheet, Hidden: false, rows)]);
    }

    private static SpreadsheetException TooManyCells(string fileName, int most) => new(SpreadsheetProblem.TooManyCells, null, fileName, most);
}
