using System.Text;
using CsvHelper;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Reads CSV as spreadsheets write it: RFC 4180 with <c>;</c>, <c>,</c>, <c>|</c> or tab, in UTF-8, UTF-16 or Windows-1252.</summary>
/// <remarks>CsvHelper cuts the text into fields; which encoding it has, and how much of it is read, is decided here.</remarks>
internal static class CsvFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    // Rows as a person counts them, blank ones among them; a quote that nobody closes runs to the end, as spreadsheets read it.
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Recover,
    };

    /// <summary>Whether these bytes can be text: UTF-16 with its mark, or free of control characters that no text has.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes) => HasUtf16Mark(bytes) || !bytes.ContainsAnyInRange((byte)0x00, (byte)0x08);

    /// <exception cref="SpreadsheetException">Too many rows or columns, or no text in its encoding.</exception>
    public static Spreadsheet Read(ReadOnlySpan<byte> bytes, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        var sheet = Path.GetFileNameWithoutExtension(fileName);
        var rows = new List<SpreadsheetRow>();
        var cells = new List<SpreadsheetCell>();
        using var records = CsvReader.FromText(Decode(bytes, fileName), Options);
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
                cells.Add(SpreadsheetCell.OfText(number, column, field));
            }

            if (cells.Count == 0)
                continue;
            if (rows.Count == limits.Rows)
                throw new SpreadsheetException(SpreadsheetProblem.TooManyRows, null, fileName, sheet, limits.Rows);
            rows.Add(new SpreadsheetRow(number, [.. cells]));
        }

        return new Spreadsheet(fileName, [new SpreadsheetSheet(sheet, Hidden: false, rows)]);
    }

    private static bool HasUtf16Mark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble);

    // Text that happens to be valid UTF-8 and holds umlauts is UTF-8: Windows-1252 text with umlauts practically never is.
    private static string Decode(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (HasUtf16Mark(bytes))
        {
            var encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            var text = encoding.GetString(bytes[2..]);
            return text.AsSpan().ContainsAnyInRange('\0', '\b')
                ? throw new SpreadsheetException(SpreadsheetProblem.NotASpreadsheet, arguments: fileName)
                : text;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[3..];
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(bytes);
        }
    }
}
