using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters.Setting;

/// <summary>Turns the subject and the blocks of a letter into pieces.</summary>
internal static class BodySetter
{
    public static IReadOnlyList<Piece> Set(LetterContent content)
    {
        var pieces = new List<Piece>();
        pieces.AddRange(Lines(content.Subject, PdfFont.Serif, Sheet.SubjectSize, 7.6, PdfColor.Ink, before: 0, keepAll: true));
        // White between subject and salutation that stays with both.
        pieces.Add(new Piece(2.2, (_, _) => { }) { KeepWithNext = true });
        foreach (var block in content.Body)
            Add(pieces, block);
        return pieces;
    }

    private static void Add(List<Piece> pieces, LetterBlock block)
    {
        switch (block)
        {
            case LetterParagraph { Tone: LetterTone.Small } paragraph:
                pieces.AddRange(Lines(paragraph.Text, PdfFont.Sans, Sheet.Small, Sheet.SmallPitch, PdfColor.SecondInk, Sheet.ParagraphGap));
                break;
            case LetterParagraph paragraph:
                var font = paragraph.Tone == LetterTone.Strong ? PdfFont.SansSemiBold : PdfFont.Sans;
                pieces.AddRange(Lines(paragraph.Text, font, Sheet.Body, Sheet.BodyPitch, PdfColor.Ink, Sheet.ParagraphGap));
                break;
            case LetterHeading heading:
                pieces.AddRange(Lines(heading.Text, PdfFont.Serif, Sheet.HeadingSize, 6.6, PdfColor.Ink, Sheet.BlockGap, keepAll: true));
                break;
            case LetterTable table:
                pieces.AddRange(TableSetter.Set(table));
                break;
            case LetterPaymentBox payment:
                pieces.Add(BoxSetter.Set(payment));
                break;
            case LetterLinkBox link:
                pieces.Add(BoxSetter.Set(link));
                break;
            case LetterClosing closing:
                AddClosing(pieces, closing);
                break;
            default:
                throw new ArgumentException($"A letter cannot set a {block.GetType().Name}.", nameof(block));
        }
    }

    // A closing that stands alone on a page looks like a mistake: it takes the last line before it along.
    private static void AddClosing(List<Piece> pieces, LetterClosing closing)
    {
        pieces[^1] = pieces[^1] with { KeepWithNext = true };
        List<Piece> own = [.. Lines(closing.Greeting, PdfFont.Sans, Sheet.Body, Sheet.BodyPitch, PdfColor.Ink, Sheet.BlockGap)];
        var roomToSign = closing.Note is null ? 14 : Sheet.ParagraphGap;
        for (var i = 0; i < closing.Names.Count; i++)
            own.AddRange(Lines(closing.Names[i], PdfFont.Sans, Sheet.Body, Sheet.BodyPitch, PdfColor.Ink, i == 0 ? roomToSign : 0));
        if (closing.Note is { } note)
            own.AddRange(Lines(note, PdfFont.Sans, Sheet.Small, Sheet.SmallPitch, PdfColor.SecondInk, Sheet.ParagraphGap));
        pieces.AddRange(own.Select((piece, i) => piece with { KeepWithNext = i < own.Count - 1 }));
    }

    // The first two and the last two lines of a paragraph stay together: no line stands alone at a page's edge.
    private static IEnumerable<Piece> Lines(string text, PdfFont font, double size, double pitch, PdfColor color, double before, bool keepAll = false)
    {
        var lines = TextLines.Wrap(text, font, size, Sheet.Width);
        return lines.Select(
            (line, i) =>
                Piece.Line(line, font, size, pitch, color) with
                {
                    Before = i == 0 ? before : 0,
                    KeepWithNext = keepAll || i == 0 && lines.Count > 1 || i == lines.Count - 2,
                }
        );
    }
}
