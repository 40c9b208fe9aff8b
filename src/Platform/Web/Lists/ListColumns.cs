using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Web.Localisation;

namespace Association.Platform.Web.Lists;

/// <summary>The columns of a list, each said once: its heading, the order that a click on it asks for, and its value, on the page and in the workbook.</summary>
/// <typeparam name="TColumn">Names them, in the address too.</typeparam>
/// <typeparam name="TRow">A row.</typeparam>
/// <param name="always">Is shown whatever the address says, because it leads on to the record.</param>
/// <param name="standard">What is shown when the address says nothing, from left to right.</param>
public sealed class ListColumns<TColumn, TRow>(TColumn always, IReadOnlyList<TColumn> standard)
    where TColumn : struct, Enum
{
    private readonly Dictionary<TColumn, Declared> _columns = [];

    /// <summary>Leads on to the record.</summary>
    public TColumn Always => always;

    /// <summary>The usual ones.</summary>
    public IReadOnlyList<TColumn> Standard => standard;

    /// <summary>Text; <paramref name="numeric"/> for numbers that are names, such as a member's.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="header">Its heading.</param>
    /// <param name="value">Of a row.</param>
    /// <param name="sort">Name of the order; null when it does not sort.</param>
    /// <param name="numeric">Stands at the right.</param>
    public ListColumns<TColumn, TRow> Text(TColumn column, string header, Func<TRow, string?> value, string? sort = null, bool numeric = false) =>
        Add(column, new Declared(header, sort, numeric, value, sheet => sheet.Text(header, value)));

    /// <summary>One of several, in words.</summary>
    public ListColumns<TColumn, TRow> Word<T>(TColumn column, string header, Func<TRow, T?> value, Func<T, string> word)
        where T : struct, Enum
    {
        // A long workbook asks for the same few words again and again.
        var words = new Lazy<Dictionary<T, string>>(() => Enum.GetValues<T>().ToDictionary(v => v, word));
        return Text(column, header, row => value(row) is { } v ? words.Value[v] : null);
    }

    /// <summary>A whole number, without grouping in the workbook: years, days.</summary>
    public ListColumns<TColumn, TRow> WholeNumber(TColumn column, string header, Func<TRow, int?> value, Func<int, string> written, string? sort = null) =>
        Add(column, new Declared(header, sort, true, row => value(row) is { } n ? written(n) : null, sheet => sheet.WholeNumber(header, row => value(row))));

    /// <summary>An amount in euro.</summary>
    public ListColumns<TColumn, TRow> Money(TColumn column, string header, Func<TRow, Money?> value, string? sort = null) =>
        Add(column, new Declared(header, sort, true, row => value(row) is { } amount ? Formats.Of(amount) : null, sheet => sheet.Money(header, value)));

    /// <summary>A day.</summary>
    public ListColumns<TColumn, TRow> Date(TColumn column, string header, Func<TRow, DateOnly?> value, string? sort = null) =>
        Add(column, new Declared(header, sort, true, row => Formats.Of(value(row)), sheet => sheet.Date(header, value)));

    /// <summary>A column whose cells the list makes itself, on the page and in the workbook.</summary>
    public ListColumns<TColumn, TRow> Own(TColumn column, string header, string? sort = null, bool numeric = false) =>
        Add(
            column,
            new Declared(header, sort, numeric, _ => null, sheet => throw new InvalidOperationException($"The workbook of {column} is the list's own."))
        );

    /// <summary>The heading.</summary>
    public string HeaderOf(TColumn column) => _columns[column].Header;

    /// <summary>The order that a click on the heading asks for; null for a column that does not sort.</summary>
    public string? SortOf(TColumn column) => _columns[column].Sort;

    /// <summary>Whether it holds numbers, amounts or days.</summary>
    public bool IsNumeric(TColumn column) => _columns[column].Numeric;

    /// <summary>What a plain cell of the page shows.</summary>
    public string? TextOf(TColumn column, TRow row) => _columns[column].Text(row);

    /// <summary>The columns of the workbook.</summary>
    public SheetColumns<TRow> Sheet(IEnumerable<TColumn> shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return shown.Aggregate(new SheetColumns<TRow>(), (sheet, column) => _columns[column].Cells(sheet));
    }

    private ListColumns<TColumn, TRow> Add(TColumn column, Declared declared)
    {
        _columns.Add(column, declared);
        return this;
    }

    private sealed record Declared(string Header, string? Sort, bool Numeric, Func<TRow, string?> Text, Func<SheetColumns<TRow>, SheetColumns<TRow>> Cells);
}
