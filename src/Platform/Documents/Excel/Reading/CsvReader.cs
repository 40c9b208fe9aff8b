using System.Text;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Reads CSV as spreadsheets write it: RFC 4180 with <c>;</c>, <c>,</c> or tab, in UTF-8, UTF-16 or Windows-1252.</summary>
internal static class CsvReader
{
    private const int SampledRows = 30;

    private static readonly char[] Delimiters = [';', '\t', ','];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Whether these bytes can be text: UTF-16 with its mark, or free of control characters that no text has.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes) => HasUtf16Mark(bytes) || !bytes.ContainsAnyInRange((byte)0x00, (byte)0x08);

    /// <exception cref="SpreadsheetException">Too many rows or columns, or no text in its encoding.</exception>
    public static Spreadsheet Read(ReadOnlySpan<byte> bytes, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        var text = Decode(bytes, fileName).AsSpan();
        var delimiter = TakeDeclaredDelimiter(ref text) ?? DetectDelimiter(text);
        var sheet = Path.GetFileNameWithoutExtension(fileName);
        var rows = new List<SpreadsheetRow>();
        var cells = new List<SpreadsheetCell>();
        var records = new CsvRecords(text, delimiter);
        for (var number = 1; records.Next(); number++)
        {
            ct.ThrowIfCancellationRequested();
            cells.Clear();
            for (var column = 1; records.NextField(out var field); column++)
            {
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

    private static bool HasUtf16Mark(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble);

    // Text that happens to be valid UTF-8 and holds umlauts is UTF-8: Windows-1252 text with umlauts practically never is.
    private static string Decode(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (HasUtf16Mark(bytes))
        {
            var encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            var text = encoding.GetString(bytes[2..]);
            return text.AsSpan().ContainsAnyInRange('\0', '\b') ? throw new SpreadsheetException(SpreadsheetProblem.NotASpreadsheet, arguments: fileName) : text;
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

    // Excel's own first line „sep=;“ is an instruction, not a row; Excel does not count it either.
    private static char? TakeDeclaredDelimiter(ref ReadOnlySpan<char> text)
    {
        if (text.Length < 5 || !text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || text[4] is '\r' or '\n')
            return null;
        var delimiter = text[4];
        var end = text.IndexOf('\n');
        if (end is not (5 or 6))
            return null;
        text = text[(end + 1)..];
        return delimiter;
    }

    // The delimiter that cuts most rows of the beginning into the same number of columns, more columns winning.
    private static char DetectDelimiter(ReadOnlySpan<char> text)
    {
        var best = (Score: 0, Delimiter: ';');
        foreach (var delimiter in Delimiters)
        {
            var widths = new Dictionary<int, int>();
            var records = new CsvRecords(text, delimiter);
            for (var row = 0; row < SampledRows && records.Next(); row++)
            {
                var width = 0;
                while (records.NextField(out _))
                    width++;
                widths[width] = widths.GetValueOrDefault(width) + 1;
            }

            var score = widths.Where(w => w.Key > 1).Select(w => w.Value * Math.Min(w.Key, 50)).DefaultIfEmpty(0).Max();
            if (score > best.Score)
                best = (score, delimiter);
        }

        return best.Delimiter;
    }
}
