using System.Globalization;
using ExcelDataReader;

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

    // A format of zeros alone ("00000") keeps leading zeros visible: postcodes and member numbers depend on it.
    private static string Shown(double number, string? format)
    {
        if (format is { Length: > 1 and <= 30 } && format.AsSpan().Trim('0').IsEmpty && number >= 0 && number < 1e15)
            return ((decimal)number).ToString(format, CultureInfo.InvariantCulture);
        return Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.###############", German) : number.ToString("R", German);
    }
}
