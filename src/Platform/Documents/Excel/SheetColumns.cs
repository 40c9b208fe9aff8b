using System.Globalization;
using System.Text;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel.Writing;

namespace Association.Platform.Documents.Excel;

/// <summary>The typed columns of a sheet to be written, left to right: a header, a format and where a row's value comes from.</summary>
/// <typeparam name="T">What a row is made of.</typeparam>
/// <example><c>new SheetColumns&lt;Member&gt;().Text("Name", m => m.Name).Money("Beitrag", m => m.Dues)</c></example>
public sealed class SheetColumns<T>
{
    private readonly List<SheetColumn<T>> columns = [];

    internal IReadOnlyList<SheetColumn<T>> All => columns;

    /// <summary>Text, and always text: a value that begins with <c>=</c> stays what it is and never becomes a formula.</summary>
    public SheetColumns<T> Text(string header, Func<T, string?> value) =>
        Add(header, (sheet, place, row) => sheet.TextCell(place, value(row)), row => LongestLine(value(row)));

    /// <summary>Text that is there as UTF-8 already, without ever becoming a string: what a long list reads from a database.</summary>
    public SheetColumns<T> Utf8Text(string header, Utf8Value<T> value) =>
        Add(header, (sheet, place, row) => sheet.TextCell(place, value(row)), row => LongestLine(Encoding.UTF8.GetString(value(row))));

    /// <summary>A whole number, without grouping: beds, years, days.</summary>
    public SheetColumns<T> WholeNumber(string header, Func<T, long?> value) =>
        Add(header, (sheet, place, row) => sheet.IntegerCell(place, value(row)), row => value(row)?.ToString(CultureInfo.InvariantCulture).Length ?? 0);

    /// <summary>An amount in euro, shown as 1.234,56 €.</summary>
    public SheetColumns<T> Money(string header, Func<T, Money?> value) =>
        Add(
            header,
            (sheet, place, row) => sheet.MoneyCell(place, value(row)?.Amount),
            row => value(row)?.Amount.ToString("#,##0.00 €", CultureInfo.InvariantCulture).Length ?? 0
        );

    /// <summary>A day, shown as 24.06.2023.</summary>
    public SheetColumns<T> Date(string header, Func<T, DateOnly?> value) =>
        Add(header, (sheet, place, row) => sheet.DateCell(place, value(row)), row => value(row) is null ? 0 : 10);

    /// <summary>True or false, shown in the words of the reader's own Excel.</summary>
    public SheetColumns<T> YesNo(string header, Func<T, bool?> value) =>
        Add(header, (sheet, place, row) => sheet.BooleanCell(place, value(row)), row => value(row) is null ? 0 : 8);

    private SheetColumns<T> Add(string header, Action<SheetText, CellStart, T> write, Func<T, int> width)
    {
        columns.Add(new SheetColumn<T>(header, write, width));
        return this;
    }

    private static int LongestLine(string? text)
    {
        var longest = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
            longest = Math.Max(longest, line.Length);
        return longest;
    }
}

/// <summary>A text of a row, as UTF-8; empty for none. Read before the next call.</summary>
public delegate ReadOnlySpan<byte> Utf8Value<in T>(T row);

/// <param name="Header">The name in the first row.</param>
/// <param name="Write">Writes a row's cell into the column; nothing for a missing value.</param>
/// <param name="Width">Characters a row's value needs.</param>
internal sealed record SheetColumn<T>(string Header, Action<SheetText, CellStart, T> Write, Func<T, int> Width);
