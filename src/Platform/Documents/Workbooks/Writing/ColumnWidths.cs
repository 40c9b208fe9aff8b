using System.Globalization;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>Widths in characters, as Excel counts them. Computed, because measuring needs fonts that a server does not have.</summary>
internal sealed class ColumnWidths
{
    private const int Narrowest = 9;
    private const int Widest = 46;
    private const int FilterButton = 3;

    private readonly List<double> _widths = [];

    /// <summary>The width of a column, from 0; what is longer wraps.</summary>
    public double this[int column] => Math.Clamp(_widths[column] + 1.5, Narrowest, Widest);

    public int Count => _widths.Count;

    /// <summary>The width of all columns together.</summary>
    public double Sum => Enumerable.Range(0, Count).Sum(i => this[i]);

    /// <summary>How many lines a header takes in its column.</summary>
    public int Lines(string header, int column, bool filters)
    {
        var (lines, used, room) = (1, 0, this[column] - (filters ? FilterButton : 0));
        foreach (var word in header.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > room)
                (lines, used) = (lines + 1, 0);
            used += word.Length + (used > 0 ? 1 : 0);
        }
        return lines;
    }

    /// <summary>Makes room for a table that begins in the first column.</summary>
    public void Fit(ReportTable table)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (_widths.Count == column)
                _widths.Add(0);
            var header = table.Columns[column].Header;
            // Headers wrap between words, but a short one stays on its line.
            var needed = (header.Length <= 12 ? header.Length : header.Split(' ', '-').Max(w => w.Length)) + (table.Filters ? FilterButton : 0);
            for (var row = 0; row <= table.Rows.Count; row++)
                needed = Math.Max(needed, Length(table, new CellPlace(row, column)));
            _widths[column] = Math.Max(_widths[column], needed);
        }
    }

    private static int Length(ReportTable table, CellPlace place)
    {
        var column = table.Columns[place.Column];
        if (place.Row == table.Rows.Count)
            return column.Label?.Length ?? Length(column.Format, table.NumberAt(place));
        var cell = table.Rows[place.Row][place.Column];
        return cell.Words is { } words ? words.Split('\n').Max(l => l.Length)
            : cell.Day is not null ? 10
            : Length(cell.Format, table.NumberAt(place));
    }

    private static int Length(CellFormat format, decimal? number) =>
        number is not { } value
            ? 0
            : format switch
            {
                CellFormat.Money => value.ToString("#,##0.00", CultureInfo.InvariantCulture).Length + 2,
                CellFormat.Percent => 8,
                CellFormat.Year => 4,
                _ => value.ToString("#,##0", CultureInfo.InvariantCulture).Length,
            };
}
