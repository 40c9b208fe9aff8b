using System.Globalization;
using System.Xml;
using Association.Platform.Documents.Excel;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>
/// The rows of a long table behind its first ones. ClosedXML holds some hundred bytes for every cell, and twice while it saves; these are written from the
/// report's own rows, one after the other, in the styles of the last row that it wrote.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Header">The row of its header, from 1.</param>
/// <param name="First">The first row that is written here, from 0.</param>
internal sealed record LongRows(ReportTable Table, int Header, int First)
{
    /// <summary>Longer tables are written this way.</summary>
    public const int From = 200;

    /// <summary>So many rows of them ClosedXML writes.</summary>
    public const int Patterns = 20;

    private static readonly DateOnly Epoch = new(1899, 12, 30); // day 0 of Excel's count, as all days since March 1900 go

    /// <summary>The row in the sheet in whose styles they are written.</summary>
    public int Pattern => Header + First;

    /// <summary>The last row in the sheet.</summary>
    public int Last => Header + Table.Rows.Count;

    /// <summary>Whether a table is long, and each of its columns looks alike from top to bottom.</summary>
    public static bool Fit(ReportTable table)
    {
        if (table.Rows.Count <= From || table.Emphasised.Count > 0)
            return false;
        var formats = table.Rows[0].Select(c => c.Format).ToArray();
        return table.Rows.All(row => row.Select(c => c.Format).SequenceEqual(formats));
    }

    /// <summary>Whether a row of the sheet is one of these.</summary>
    public bool Has(int row) => row > Pattern && row <= Last;

    /// <summary>Writes one.</summary>
    public void Write(XmlWriter writer, string prefix, string space, int row, IReadOnlyDictionary<int, int> styles, TextStyles texts)
    {
        var number = row.ToString(CultureInfo.InvariantCulture);
        var cells = Table.Rows[row - Header - 1];
        writer.WriteStartElement(prefix, "row", space);
        writer.WriteAttributeString("r", number);
        for (var column = 0; column < cells.Count; column++)
        {
            var cell = cells[column];
            var style = styles.GetValueOrDefault(column + 1);
            var words = cell.Words is { } typed ? ReportText.Printable(typed) : null;
            if (words is not null && ReportText.LooksLikeFormula(words))
                style = texts.Quoted(style);
            writer.WriteStartElement(prefix, "c", space);
            writer.WriteAttributeString("r", SpreadsheetCell.LetterOf(column + 1) + number);
            writer.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
            if (words is not null)
                Text(writer, prefix, space, words);
            else if (cell.Formula is { } formula)
                SheetPass.Value(
                    writer,
                    prefix,
                    space,
                    formula.Write(p => SpreadsheetCell.LetterOf(p.Column + 1) + (Header + 1 + p.Row).ToString(CultureInfo.InvariantCulture)),
                    Table.NumberAt(new CellPlace(row - Header - 1, column))
                );
            else if (cell.Day is { } day)
                writer.WriteElementString(prefix, "v", space, (day.DayNumber - Epoch.DayNumber).ToString(CultureInfo.InvariantCulture));
            else if (cell.Number is { } value)
                writer.WriteElementString(prefix, "v", space, TextStyles.Of(value));
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    private static void Text(XmlWriter writer, string prefix, string space, string words)
    {
        writer.WriteAttributeString("t", "inlineStr");
        writer.WriteStartElement(prefix, "is", space);
        writer.WriteStartElement(prefix, "t", space);
        writer.WriteAttributeString("xml", "space", null, "preserve");
        writer.WriteString(words);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }
}
