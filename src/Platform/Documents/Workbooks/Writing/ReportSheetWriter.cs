using System.Globalization;
using Association.Platform.Data.Settings;
using ClosedXML.Excel;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>Writes one sheet from top to bottom: title, notes, facts, tables.</summary>
internal sealed class ReportSheetWriter(IXLWorksheet sheet, ReportBook book, ComputedCells computed)
{
    private const double LineHeight = 15;

    private const int ChartRows = 18;

    // Of an A4 page across, less its margins.
    private const int RowsOfAPage = 33;

    private readonly AccentColor _color = book.Color ?? ReportStyles.InkColor;
    private readonly ColumnWidths _widths = new();
    private int _row = 1;

    public void Write(ReportSheet report)
    {
        foreach (var table in report.Tables)
            _widths.Fit(table);
        for (var column = 0; column < _widths.Count; column++)
            sheet.Column(column + 1).Width = _widths[column];

        Words(sheet.Cell(_row, 1), report.Title);
        ReportStyles.Title(sheet.Cell(_row++, 1).Style, ReportStyles.Of(_color));
        if (book.Color is not null)
            sheet.SetTabColor(ReportStyles.Of(_color));
        foreach (var note in report.Notes)
            Note(note);
        if (report.Facts.Count > 0)
            _row++;
        foreach (var (name, value) in report.Facts)
        {
            Words(sheet.Cell(_row, 1), name);
            Words(sheet.Cell(_row, 2), value);
            sheet.Cell(_row++, 2).Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
        }
        if (report.Chart is { } chart)
        {
            _row++;
            computed.Add(sheet.Name, new PlacedChart(chart, _row, ChartRows, Math.Max(_widths.Count, 1)));
            _row += ChartRows;
        }
        var (frozen, page) = (1, 1);
        foreach (var table in report.Tables)
        {
            _row++;
            if (table.OnNewPage || (report.Main is null && _row - page + RowsOf(table) > RowsOfAPage))
            {
                sheet.PageSetup.AddHorizontalPageBreak(_row - 1);
                page = _row; // short tables stay in one piece
            }
            var header = Table(table);
            if (table != report.Main)
                continue;
            frozen = header;
            sheet.PageSetup.SetRowsToRepeatAtTop(header, header);
        }
        sheet.SheetView.FreezeRows(frozen);
        Print();
    }

    private static int RowsOf(ReportTable table) => (table.Caption is null ? 1 : 2) + Math.Max(table.Rows.Count, 1) + (table.HasTotals ? 1 : 0);

    private void Note(string note)
    {
        var line = sheet.Range(_row, 1, _row, Math.Max(_widths.Count, 1)).Merge();
        Words(line.FirstCell(), note);
        ReportStyles.Note(line.Style);
        sheet.Row(_row).Height = LineHeight * Math.Ceiling(note.Length * 1.05 / Math.Max(_widths.Sum, 40));
        _row++;
    }

    /// <returns>The row of the header.</returns>
    private int Table(ReportTable table)
    {
        if (table.Caption is { } caption)
        {
            Words(sheet.Cell(_row, 1), caption);
            ReportStyles.Caption(sheet.Cell(_row++, 1).Style);
        }
        var header = _row;
        computed.Placed(table.Name, sheet.Name, header);
        var columns = table.Columns.Count;
        for (var column = 0; column < columns; column++)
        {
            var cell = sheet.Cell(header, column + 1);
            Words(cell, table.Columns[column].Header);
            ReportStyles.Header(cell.Style, table.Columns[column].Format, _color);
            if (!ReportStyles.IsNumeric(table.Columns[column].Format) && column > 0)
                cell.Style.Alignment.Indent = 1;
        }
        sheet.Row(header).Height = LineHeight * table.Columns.Select((c, i) => _widths.Lines(c.Header, i, table.Filters)).Max();
        var written = LongRows.Fit(table) ? LongRows.Patterns : table.Rows.Count;
        if (written < table.Rows.Count)
            computed.Add(sheet.Name, new LongRows(table, header, written));
        for (var row = 0; row < written; row++)
        {
            for (var column = 0; column < columns; column++)
                Cell(table, header, new CellPlace(row, column));
            var line = sheet.Range(header + 1 + row, 1, header + 1 + row, columns);
            ReportStyles.Row(line.Style);
            // Said, because not every reader measures wrapped text by itself: two lines in the height of one lie over each other.
            var lines = Enumerable.Range(0, columns).Max(c => table.Rows[row][c].Words is { } words ? _widths.Lines(words, c, filters: false) : 1);
            if (lines > 1 && written == table.Rows.Count)
                sheet.Row(header + 1 + row).Height = LineHeight * lines;
            if (table.Emphasised.Contains(row))
                ReportStyles.Emphasis(line.Style);
        }
        if (table.Rows.Count == 0)
            Words(sheet.Cell(header + 1, 1), book.Words.Nothing); // an Excel table has at least one row
        var last = header + Math.Max(table.Rows.Count, 1);
        var excel = sheet.Range(header, 1, last, columns).CreateTable(table.Name);
        excel.Theme = XLTableTheme.None;
        excel.ShowAutoFilter = table.Filters && table.Rows.Count > 0;
        _row = last + 1;
        if (table.HasTotals && table.Rows.Count > 0)
            Totals(table, excel, header);
        return header;
    }

    private void Totals(ReportTable table, IXLTable excel, int header)
    {
        excel.ShowTotalsRow = true;
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var (about, field, cell) = (table.Columns[column], excel.Field(column), sheet.Cell(_row, column + 1));
            var place = new CellPlace(table.Rows.Count, column);
            switch (about.Total)
            {
                case ColumnTotal.Label:
                    field.TotalsRowLabel = about.Label!;
                    break;
                case ColumnTotal.Sum:
                    field.TotalsRowFunction = XLTotalsRowFunction.Sum;
                    computed.Add(sheet.Name, Address(header, place), $"SUBTOTAL(109,{table.Name}[{Escaped(about.Header)}])", table.NumberAt(place));
                    break;
                case ColumnTotal.Formula:
                    var formula = about.FormulaOf!(place.Row).Write(p => Address(header, p));
                    field.TotalsRowFormulaA1 = formula;
                    computed.Add(sheet.Name, Address(header, place), formula, table.NumberAt(place));
                    break;
            }
            Format(cell, about.Format);
        }
        ReportStyles.Totals(sheet.Range(_row, 1, _row, table.Columns.Count).Style);
        _row++;
    }

    private void Cell(ReportTable table, int header, CellPlace place)
    {
        var (cell, value) = (sheet.Cell(header + 1 + place.Row, place.Column + 1), table.Rows[place.Row][place.Column]);
        Format(cell, value.Format);
        if (value.Words is { } words)
        {
            Words(cell, words);
            cell.Style.Alignment.WrapText = true;
        }
        else if (value.Day is { } day)
            cell.SetValue(day.ToDateTime(TimeOnly.MinValue));
        else if (value.Number is { } number)
            cell.SetValue(number);
        else if (value.Formula is { } formula)
        {
            var text = formula.Write(p => Address(header, p));
            cell.FormulaA1 = text;
            computed.Add(sheet.Name, Address(header, place), text, table.NumberAt(place));
        }
    }

    private void Format(IXLCell cell, CellFormat format)
    {
        if (!ReportStyles.IsNumeric(format))
        {
            if (cell.Address.ColumnNumber > 1)
                cell.Style.Alignment.Indent = 1; // keeps its distance from a number on its left
            return;
        }
        cell.Style.NumberFormat.Format = ReportStyles.NumberFormat(format, book.Words.DateFormat);
        cell.Style.Alignment.Horizontal = format == CellFormat.Year ? XLAlignmentHorizontalValues.Left : XLAlignmentHorizontalValues.Right; // a year is a name
    }

    // Text stays text: as a typed string, and with the mark that keeps it text when somebody edits the cell.
    private static void Words(IXLCell cell, string text)
    {
        var printable = ReportText.Printable(text);
        cell.SetValue(printable);
        if (ReportText.LooksLikeFormula(printable))
            cell.Style.IncludeQuotePrefix = true;
    }

    private static string Address(int header, CellPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{Excel.SpreadsheetCell.LetterOf(place.Column + 1)}{header + 1 + place.Row}");

    // What means something inside the brackets of a reference to a table's column.
    private static string Escaped(string header) => string.Concat(header.Select(c => c is '[' or ']' or '#' or '\'' or '@' ? "'" + c : c.ToString()));

    private void Print()
    {
        var page = sheet.PageSetup;
        page.PaperSize = XLPaperSize.A4Paper;
        page.PageOrientation = XLPageOrientation.Landscape;
        page.FitToPages(1, 0);
        page.Margins.SetLeft(0.5).SetRight(0.5).SetTop(0.6).SetBottom(0.75).SetHeader(0.3).SetFooter(0.35);
        page.CenterHorizontally = false;
        // In a footer an ampersand begins a code.
        page.Footer.Left.AddText(string.Concat(book.Author, " · ", book.Title).Replace("&", "&&", StringComparison.Ordinal));
        page.Footer.Right.AddText(book.Words.Page + " ");
        page.Footer.Right.AddText(XLHFPredefinedText.PageNumber);
        page.Footer.Right.AddText(" " + book.Words.Of + " ");
        page.Footer.Right.AddText(XLHFPredefinedText.NumberOfPages);
    }
}
