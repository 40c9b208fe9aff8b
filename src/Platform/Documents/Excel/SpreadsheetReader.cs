using System.Buffers.Binary;
using System.Text;
using Association.Platform.Documents.Excel.Reading;

namespace Association.Platform.Documents.Excel;

/// <summary>Reads what people upload: .xlsx and .xls workbooks and CSV files, told apart by their bytes, not by their names.</summary>
/// <remarks>Every check is made before a library sees the file. Thread-safe.</remarks>
public static class SpreadsheetReader
{
    private const ulong CompoundFile = 0xD0CF11E0A1B11AE1;

    /// <summary>Reads a file as a whole.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="fileName">As uploaded; shown in messages, and a CSV file's sheet is named after it.</param>
    /// <param name="limits">What is allowed; null for the usual limits.</param>
    /// <param name="ct">Stops between rows.</param>
    /// <exception cref="SpreadsheetException">The file cannot be read; says why.</exception>
    public static Spreadsheet Read(ReadOnlyMemory<byte> bytes, string fileName, SpreadsheetLimits? limits = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        limits ??= SpreadsheetLimits.Default;
        var span = bytes.Span;
        if (span.IsEmpty)
            throw new SpreadsheetException(SpreadsheetProblem.Empty);
        if (span.Length > limits.Bytes)
            throw TooLarge(span.Length, limits);
        if (span.Length >= 8 && BinaryPrimitives.ReadUInt64BigEndian(span) == CompoundFile)
            return IsEncrypted(span)
                ? throw new SpreadsheetException(SpreadsheetProblem.Encrypted, arguments: fileName)
                : WorkbookReader.ReadOld(bytes, fileName, limits, ct);

        if (span.StartsWith("PK"u8))
            return WorkbookReader.Read(bytes, fileName, limits, ct);
        if (CsvFile.LooksLikeText(span) && !IsNamedWorkbook(fileName) && !LooksLikeMarkup(span))
            return CsvFile.Read(span, fileName, limits, ct);
        throw new SpreadsheetException(SpreadsheetProblem.NotASpreadsheet, arguments: fileName);
    }

    /// <summary>For uploads whose length is known before they are read: refuses a file of 200 MB without taking it in.</summary>
    /// <exception cref="SpreadsheetException">It is too large.</exception>
    public static void CheckLength(long bytes, SpreadsheetLimits? limits = null)
    {
        limits ??= SpreadsheetLimits.Default;
        if (bytes > limits.Bytes)
            throw TooLarge(bytes, limits);
    }

    private static SpreadsheetException TooLarge(long bytes, SpreadsheetLimits limits) =>
        new(SpreadsheetProblem.TooLarge, null, (bytes + 1024 * 1024 - 1) / (1024 * 1024), limits.Bytes / (1024 * 1024));

    // A workbook with a password is a compound file with a stream of this name ([MS-OFFCRYPTO] 2.3.4).
    private static bool IsEncrypted(ReadOnlySpan<byte> span) => span.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;

    private static bool IsNamedWorkbook(string fileName) => Path.GetExtension(fileName).StartsWith(".xls", StringComparison.OrdinalIgnoreCase);

    // PDF, HTML and XML are text as well, but no tables.
    private static bool LooksLikeMarkup(ReadOnlySpan<byte> span)
    {
        var start = span.StartsWith("\uFEFF"u8) ? span[3..] : span;
        start = start.TrimStart(" \t\r\n"u8);
        return start.StartsWith("<"u8) || start.StartsWith("%PDF-"u8) || start.StartsWith("{\\rtf"u8);
    }
}
