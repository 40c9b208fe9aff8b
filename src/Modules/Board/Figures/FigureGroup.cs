using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;

namespace Association.Board.Figures;

/// <summary>The key figures of a module: of the period, of the same period a year earlier, and the difference.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Figures">As the module gave them for the period.</param>
/// <param name="Table">The same as a table: name, period, year before, difference. Formulas in it add up what the figures say they add up.</param>
internal sealed record FigureGroup(string Title, IReadOnlyList<BoardFigure> Figures, ReportTable Table)
{
    private const int Now = 1;
    private const int Before = 2;
    private const int Change = 3;

    /// <summary>Whether every control line of the period is zero.</summary>
    public bool ControlsHold => Enumerable.Range(0, Figures.Count).All(row => !Figures[row].IsControl || Number(row) == 0);

    /// <summary>The number of a figure in the period, computed ones included; null when there is none.</summary>
    public decimal? Number(int row) => Table.NumberAt(new CellPlace(row, Now));

    /// <summary>A figure of the period as a page shows it.</summary>
    public string Shown(int row) => Shown(row, Now);

    /// <summary>The same figure a year earlier.</summary>
    public string ShownBefore(int row) => Shown(row, Before);

    /// <summary>What changed against the year before, with its sign.</summary>
    public string ShownDifference(int row) =>
        Table.NumberAt(new CellPlace(row, Change)) is not { } number
            ? "–"
            : Figures[row].Format switch
            {
                CellFormat.Money => Formats.Difference(new Money(number)),
                CellFormat.Percent => Formats.PercentDifference(number),
                _ => (number > 0 ? "+" : "") + Formats.Number(number),
            };

    /// <summary>Puts the figures of two periods side by side.</summary>
    /// <param name="name">Names the table in the workbook.</param>
    /// <param name="title">The group's heading.</param>
    /// <param name="headers">Of the period, of the year before, of the difference.</param>
    /// <param name="now">Figures of the period.</param>
    /// <param name="before">The same figures of the year before.</param>
    public static FigureGroup Of(
        string name,
        string title,
        (string Now, string Before, string Difference) headers,
        IReadOnlyList<BoardFigure> now,
        IReadOnlyList<BoardFigure> before
    )
    {
        var rows = now.Select(
                (figure, row) =>
                    (IReadOnlyList<ReportCell>)
                        [
                            ReportCell.Text(figure.Name),
                            Cell(figure, now, Now),
                            Cell(before[row], now, Before),
                            figure.Format == CellFormat.Date
                                ? ReportCell.Text(null)
                                : ReportCell.Computed(figure.Format, CellFormula.Difference(new CellPlace(row, Now), new CellPlace(row, Before))),
                        ]
            )
            .ToList();
        ReportColumn[] columns =
        [
            new(title, CellFormat.Text),
            new(headers.Now, CellFormat.Money),
            new(headers.Before, CellFormat.Money),
            new(headers.Difference, CellFormat.Money),
        ];
        return new FigureGroup(
            title,
            now,
            new ReportTable(name, columns, rows)
            {
                Filters = false,
                Emphasised = now.Select((figure, row) => (figure, row)).Where(f => f.figure.IsControl).Select(f => f.row).ToHashSet(),
            }
        );
    }

    private static ReportCell Cell(BoardFigure figure, IReadOnlyList<BoardFigure> group, int column)
    {
        CellPlace Place(string key) => new(group.Select((f, row) => (f, row)).First(f => f.f.Key == key).row, column);
        return figure switch
        {
            { Sum: { } sum } => ReportCell.Computed(figure.Format, CellFormula.Sum([.. sum.Select(s => (Place(s.Key), s.Sign))])),
            { Ratio: { } ratio } => ReportCell.Computed(figure.Format, CellFormula.Ratio(Place(ratio.Part), Place(ratio.Whole))),
            { Format: CellFormat.Date } => ReportCell.Date(figure.Day),
            _ => ReportCell.Of(figure.Format, figure.Number),
        };
    }

    private string Shown(int row, int column)
    {
        var cell = Table.Rows[row][column];
        if (cell.Day is { } day)
            return Formats.Of(day);
        return Table.NumberAt(new CellPlace(row, column)) is not { } number
            ? "–"
            : cell.Format switch
            {
                CellFormat.Money => Formats.Of(new Money(number)),
                CellFormat.Percent => Formats.Percent(number),
                _ => Formats.Number(number),
            };
    }
}
