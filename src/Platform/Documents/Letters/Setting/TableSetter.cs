using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters.Setting;

/// <summary>Sets tables: head, rows with their notes, subtotals, and the total under a double rule.</summary>
internal static class TableSetter
{
    private const double Gutter = 4;
    private const double Padding = 1.1;
    private const double HeadHeight = 5.6;
    private const double TotalSize = 11;

    public static IEnumerable<Piece> Set(LetterTable table)
    {
        if (table.Columns.Count is 0 or > 8 || table.Rows.Count == 0)
            throw new ArgumentException("A table has one to eight columns and at least one row.", nameof(table));
        if (table.Rows.Any(row => row.Cells.Count != table.Columns.Count))
            throw new ArgumentException("A row has as many cells as the table has columns.", nameof(table));

        var columns = Place(table.Columns);
        var head = Head(columns);
        var ends = new List<Piece>();
        ends.AddRange(table.Subtotals.Select((subtotal, i) => Subtotal(subtotal, isFirst: i == 0)));
        if (table.Total is { } total)
            ends.Add(Total(total));

        yield return head with
        {
            Before = Sheet.ParagraphGap + 0.6,
            KeepWithNext = true,
        };
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var isLast = i == table.Rows.Count - 1;
            yield return Row(columns, table.Rows[i], isLast && ends.Count > 0) with
            {
                Head = head,
                KeepWithNext = isLast && ends.Count > 0,
            };
        }

        for (var i = 0; i < ends.Count; i++)
            yield return ends[i] with
            {
                KeepWithNext = i < ends.Count - 1,
            };
    }

    private static Column[] Place(IReadOnlyList<LetterColumn> columns)
    {
        var shares = columns.Sum(column => column.Share);
        var room = Sheet.Width - Gutter * (columns.Count - 1);
        var left = Sheet.Left;
        var placed = new Column[columns.Count];
        for (var i = 0; i < placed.Length; i++)
        {
            var width = room * columns[i].Share / shares;
            placed[i] = new Column(columns[i].Header, left, width, columns[i].Alignment == LetterAlignment.Right);
            left += width + Gutter;
        }

        return placed;
    }

    private static Piece Head(Column[] columns) =>
        new(
            HeadHeight,
            (page, top) =>
            {
                foreach (var column in columns)
                    column.Draw(page, top + 3.4, column.Header, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
                page.Line(Sheet.Left, top + HeadHeight, Sheet.Right, top + HeadHeight, 0.75, PdfColor.Ink);
            }
        );

    private static Piece Row(Column[] columns, LetterRow row, bool endsTable)
    {
        // Amounts are never broken: a column that is too narrow for one is the caller's mistake, and visible.
        var cells = columns
            .Select((column, i) => column.AtRight ? [row.Cells[i]] : TextLines.Wrap(row.Cells[i], PdfFont.Sans, Sheet.Body, column.Width))
            .ToArray();
        var notes = (row.Notes ?? []).SelectMany(note => TextLines.Wrap(note, PdfFont.Sans, Sheet.Small, columns[0].Width)).ToArray();
        var notesTop = Padding + cells[0].Count * Sheet.BodyPitch;
        var height = Math.Max(Padding + cells.Max(lines => lines.Count) * Sheet.BodyPitch, notesTop + notes.Length * Sheet.SmallPitch) + Padding;
        return new Piece(
            height,
            (page, top) =>
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    for (var line = 0; line < cells[i].Count; line++)
                        columns[i]
                            .Draw(page, top + Padding + (line + Sheet.Baseline) * Sheet.BodyPitch, cells[i][line], PdfFont.Sans, Sheet.Body, PdfColor.Ink);
                }

                for (var line = 0; line < notes.Length; line++)
                    columns[0]
                        .Draw(page, top + notesTop + (line + Sheet.Baseline) * Sheet.SmallPitch, notes[line], PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
                if (!endsTable)
                    page.Line(Sheet.Left, top + height, Sheet.Right, top + height, 0.25, PdfColor.Hairline);
            }
        );
    }

    private static Piece Subtotal(LetterFact subtotal, bool isFirst) =>
        new(
            Sheet.BodyPitch + Padding,
            (page, top) =>
            {
                if (isFirst)
                    page.Line(Sheet.Left, top, Sheet.Right, top, 0.5, PdfColor.Ink);
                var font = subtotal.Strong ? PdfFont.SansSemiBold : PdfFont.Sans;
                var baseline = top + Padding + Sheet.BodyPitch * Sheet.Baseline;
                page.Text(Sheet.Left, baseline, subtotal.Label, font, Sheet.Body, PdfColor.Ink);
                page.TextRight(Sheet.Right, baseline, subtotal.Value, font, Sheet.Body, PdfColor.Ink);
            }
        );

    private static Piece Total(LetterFact total) =>
        new(
            8.4,
            (page, top) =>
            {
                page.Line(Sheet.Left, top + 0.9, Sheet.Right, top + 0.9, 0.5, PdfColor.Ink);
                page.Line(Sheet.Left, top + 1.6, Sheet.Right, top + 1.6, 0.5, PdfColor.Ink);
                page.Text(Sheet.Left, top + 6.6, total.Label, PdfFont.SansSemiBold, TotalSize, PdfColor.Ink);
                page.TextRight(Sheet.Right, top + 6.6, total.Value, PdfFont.SansSemiBold, TotalSize, PdfColor.Ink);
            }
        );

    private sealed record Column(string Header, double Left, double Width, bool AtRight)
    {
        public void Draw(PdfPage page, double baseline, string text, PdfFont font, double size, PdfColor color)
        {
            if (AtRight)
                page.TextRight(Left + Width, baseline, text, font, size, color);
            else
                page.Text(Left, baseline, text, font, size, color);
        }
    }
}
