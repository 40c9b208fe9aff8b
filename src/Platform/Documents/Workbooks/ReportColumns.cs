using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Workbooks;

/// <summary>The typed columns of a report table, left to right.</summary>
/// <typeparam name="T">What a row is made of.</typeparam>
/// <example><c>new ReportColumns&lt;Row&gt;().Text("Kategorie", r => r.Category, total: "Summe").Money("Berechnet", r => r.Charged, total:
/// true).Ratio("Quote", "Bezahlt", "Berechnet")</c></example>
public sealed class ReportColumns<T>
{
    private readonly List<(ReportColumn Column, Func<T, ReportCell>? Cell)> columns = [];

    /// <summary>Text.</summary>
    /// <param name="header">The column's name.</param>
    /// <param name="value">A row's text.</param>
    /// <param name="total">The word in the row of totals; null without.</param>
    public ReportColumns<T> Text(string header, Func<T, string?> value, string? total = null) =>
        Add(new ReportColumn(header, CellFormat.Text, total is null ? ColumnTotal.None : ColumnTotal.Label, total), row => ReportCell.Text(value(row)));

    /// <summary>A whole number.</summary>
    public ReportColumns<T> Count(string header, Func<T, long?> value, bool total = false) =>
        Add(new ReportColumn(header, CellFormat.Count, SumIf(total)), row => ReportCell.Count(value(row)));

    /// <summary>A year.</summary>
    public ReportColumns<T> Year(string header, Func<T, int?> value) =>
        Add(new ReportColumn(header, CellFormat.Year), row => ReportCell.Of(CellFormat.Year, value(row)));

    /// <summary>An amount.</summary>
    public ReportColumns<T> Money(string header, Func<T, Money?> value, bool total = false) =>
        Add(new ReportColumn(header, CellFormat.Money, SumIf(total)), row => ReportCell.Money(value(row)));

    /// <summary>A ratio: 0.057 for 5,7 %.</summary>
    public ReportColumns<T> Percent(string header, Func<T, decimal?> value) =>
        Add(new ReportColumn(header, CellFormat.Percent), row => ReportCell.Percent(value(row)));

    /// <summary>A day.</summary>
    public ReportColumns<T> Date(string header, Func<T, DateOnly?> value) => Add(new ReportColumn(header, CellFormat.Date), row => ReportCell.Date(value(row)));

    /// <summary>A number computed from earlier columns of the row, in the totals from their totals.</summary>
    /// <param name="header">The column's name.</param>
    /// <param name="format">Count or money.</param>
    /// <param name="terms">Headers of earlier columns, each with 1 or −1.</param>
    public ReportColumns<T> Sum(string header, CellFormat format, params IReadOnlyList<(string Header, int Sign)> terms)
    {
        var places = terms.Select(t => (Column: IndexOf(t.Header), t.Sign)).ToList();
        return Add(
            new ReportColumn(
                header,
                format,
                ColumnTotal.Formula,
                FormulaOf: row => CellFormula.Sum([.. places.Select(p => (new CellPlace(row, p.Column), p.Sign))])
            ),
            null
        );
    }

    /// <summary>An earlier column less another one, where both have a value; the total sums these differences.</summary>
    public ReportColumns<T> Difference(string header, CellFormat format, string from, string less)
    {
        var (f, l) = (IndexOf(from), IndexOf(less));
        return Add(
            new ReportColumn(header, format, ColumnTotal.Sum, FormulaOf: row => CellFormula.Difference(new CellPlace(row, f), new CellPlace(row, l))),
            null
        );
    }

    /// <summary>A ratio of two earlier columns, in the totals of their totals.</summary>
    public ReportColumns<T> Ratio(string header, string part, string whole)
    {
        var (p, w) = (IndexOf(part), IndexOf(whole));
        return Add(
            new ReportColumn(
                header,
                CellFormat.Percent,
                ColumnTotal.Formula,
                FormulaOf: row => CellFormula.Ratio(new CellPlace(row, p), new CellPlace(row, w))
            ),
            null
        );
    }

    /// <summary>The table with these rows.</summary>
    public ReportTable Table(string name, IEnumerable<T> rows) =>
        new(
            name,
            [.. columns.Select(c => c.Column)],
            [
                .. rows.Select(
                    (row, number) =>
                        (IReadOnlyList<ReportCell>)
                            [.. columns.Select(c => c.Cell is { } cell ? cell(row) : ReportCell.Computed(c.Column.Format, c.Column.FormulaOf!(number)))]
                ),
            ]
        );

    private static ColumnTotal SumIf(bool total) => total ? ColumnTotal.Sum : ColumnTotal.None;

    private int IndexOf(string header) =>
        columns.FindIndex(c => c.Column.Header == header) is var index and >= 0
            ? index
            : throw new ArgumentException($"There is no earlier column '{header}'.", nameof(header));

    private ReportColumns<T> Add(ReportColumn column, Func<T, ReportCell>? cell)
    {
        columns.Add((column, cell));
        return this;
    }
}
