namespace Association.Platform.Documents.Workbooks;

/// <summary>A table of a report sheet, an Excel table of its own.</summary>
/// <param name="Name">Names it in Excel's formulas and navigation: a letter, then letters and digits; unique in the workbook.</param>
/// <param name="Columns">At least one; headers are unique.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
public sealed record ReportTable(string Name, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>A heading above it; null without.</summary>
    public string? Caption { get; init; }

    /// <summary>Whether its columns can be filtered and sorted with one click.</summary>
    public bool Filters { get; init; } = true;

    /// <summary>Rows that are read apart from the others, such as control lines.</summary>
    public IReadOnlySet<int> Emphasised { get; init; } = new HashSet<int>();

    /// <summary>Starts on a page of its own when printed.</summary>
    public bool OnNewPage { get; init; }

    internal bool HasTotals => Columns.Any(c => c.Total != ColumnTotal.None);

    /// <summary>The number that a cell shows, computed ones and totals included; null for an empty cell.</summary>
    public decimal? NumberAt(CellPlace place)
    {
        var column = Columns[place.Column];
        if (place.Row < Rows.Count)
        {
            var cell = Rows[place.Row][place.Column];
            return cell.Formula is { } formula ? formula.Compute(NumberAt) : cell.Number;
        }
        return column.Total switch
        {
            ColumnTotal.Sum => Enumerable.Range(0, Rows.Count).Sum(row => NumberAt(place with { Row = row }) ?? 0),
            ColumnTotal.Formula => column.FormulaOf!(place.Row).Compute(NumberAt),
            _ => null,
        };
    }
}

/// <summary>A column of a report table.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Format">How its total is shown, and how wide it is; cells say for themselves.</param>
/// <param name="Total">What stands in the row of totals.</param>
/// <param name="Label">The word in the row of totals, with <see cref="ColumnTotal.Label"/>.</param>
/// <param name="FormulaOf">The formula of a row, of a computed column.</param>
public sealed record ReportColumn(
    string Header,
    CellFormat Format,
    ColumnTotal Total = ColumnTotal.None,
    string? Label = null,
    Func<int, CellFormula>? FormulaOf = null
);

/// <summary>What stands in the row of totals.</summary>
public enum ColumnTotal
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A word: „Summe“.</summary>
    Label,

    /// <summary>The sum of what the filter leaves.</summary>
    Sum,

    /// <summary>The column's formula, over the totals.</summary>
    Formula,
}
