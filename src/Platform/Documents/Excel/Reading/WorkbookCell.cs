using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ExcelDataReader;
using ExcelNumberFormat;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Turns a cell as the library gives it into one as a person sees it.</summary>
internal static class WorkbookCell
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public static SpreadsheetCell Read(IExcelDataReader reader, int row, int column)
    {
        var value = column <= reader.FieldCount ? reader.GetValue(column - 1) : null;
        return value switch
        {
            null => SpreadsheetCell.EmptyAt(row, column),
            string text when string.IsNullOrWhiteSpace(text) => SpreadsheetCell.EmptyAt(row, column),
            string text => SpreadsheetCell.OfText(row, column, text),
            bool boolean => SpreadsheetCell.OfBoolean(row, column, boolean),
            DateTime date => OfDate(row, column, RoundToSecond(date)),
            DateTimeOffset date => OfDate(row, column, RoundToSecond(date.DateTime)),
            TimeSpan time => SpreadsheetCell.OfText(row, column, time.ToString("c", CultureInfo.InvariantCulture)),
            double number => SpreadsheetCell.OfNumber(row, column, number, Shown(number, reader.GetNumberFormatString(column - 1))),
            IConvertible other => SpreadsheetCell.OfNumber(row, column, other.ToDouble(CultureInfo.InvariantCulture), other.ToString(German)),
            _ => SpreadsheetCell.OfText(row, column, value.ToString() ?? ""),
        };
    }

    private static SpreadsheetCell OfDate(int row, int column, DateTime date) => SpreadsheetCell.OfDate(row, column, date, Shown(date));

    // 12:00 is stored as 0.5, but 08:20 as 0.347222222222222: close to the second, not on it.
    private static DateTime RoundToSecond(DateTime date)
    {
        var seconds = (date.Ticks + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond;
        return new DateTime(Math.Min(seconds, DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond);
    }

    private static string Shown(DateTime date) => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "dd.MM.yyyy" : "dd.MM.yyyy HH:mm:ss", German);

    // "L-"0000 and 0000-00 are codes: digits with letters and signs between them, and no point, comma or condition.
    private static bool IsCode([NotNullWhen(true)] string? format)
    {
        if (format is not { Length: > 1 and <= 60 } || !format.Contains('0', StringComparison.Ordinal))
            return false;
        var (quoted, literals) = (false, false);
        for (var at = 0; at < format.Length; at++)
        {
            var c = format[at];
            if (c == '"')
                quoted = !quoted;
            else if (quoted || c == '-')
                literals = true;
            else if (c == '\\' && at + 1 < format.Length)
                (literals, at) = (true, at + 1);
            else if (c is not ('0' or '#' or ' ' or '(' or ')'))
                return false;
        }
        return literals && !quoted;
    }

    // A format of zeros alone ("00000") keeps leading zeros visible: postcodes and member numbers depend on it.
    private static string Shown(double number, string? format)
    {
        if (format is { Length: > 1 and <= 30 } && format.AsSpan().Trim('0').IsEmpty && number >= 0 && number < 1e15)
            return ((decimal)number).ToString(format, CultureInfo.InvariantCulture);
        if (IsCode(format) && number == Math.Truncate(number) && Math.Abs(number) < 1e15 && new NumberFormat(format) is { IsValid: true } code)
            return code.Format((decimal)number, German);
        return Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.###############", German) : number.ToString("R", German);
    }
}
