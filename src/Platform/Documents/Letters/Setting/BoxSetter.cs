using System.Collections;
using System.Text;
using Association.Platform.Documents.Pdf;
using Association.Platform.Documents.Qr;

namespace Association.Platform.Documents.Letters.Setting;

/// <summary>Sets the framed boxes: how to pay, and where to go with a phone.</summary>
internal static class BoxSetter
{
    private const double Padding = 4.5;
    private const double CodeSide = 32;
    private const double LabelWidth = 33;
    private const double HeadingPitch = 6.6;
    private const double RoomBelow = 1.6;

    public static Piece Set(LetterPaymentBox payment) =>
        Set(payment.Heading, payment.Text, payment.Facts, payment.QrCode is { } code ? EpcQrCode.Modules(code) : null, payment.QrCaption);

    public static Piece Set(LetterLinkBox link) => Set(link.Heading, link.Text, link.Facts, QrModules.Of(Encoding.UTF8.GetBytes(link.Link)), link.Caption);

    private static Piece Set(string heading, string say, IReadOnlyList<LetterFact> allFacts, IReadOnlyList<BitArray>? modules, string? qrCaption)
    {
        var textWidth = Sheet.Width - 2 * Padding - (modules is null ? 0 : CodeSide + 2 * Padding);
        var text = TextLines.Wrap(say, PdfFont.Sans, Sheet.Body, textWidth);
        var facts = allFacts.Select(fact => (Fact: fact, Lines: TextLines.Wrap(fact.Value, Font(fact), Sheet.Body, textWidth - LabelWidth))).ToArray();
        var textHeight = HeadingPitch + 1 + text.Count * Sheet.BodyPitch + 2 + facts.Sum(fact => fact.Lines.Count) * Sheet.BodyPitch;
        var codeHeight = modules is null ? 0 : CodeSide + (qrCaption is null ? 0 : Sheet.SmallPitch + 2);
        var height = Math.Max(textHeight, codeHeight) + 2 * Padding - 1;

        return new Piece(
            height + RoomBelow,
            (page, top) =>
            {
                page.Outline(Sheet.Left, top, Sheet.Width, height, 0.6, PdfColor.Hairline);
                var left = Sheet.Left + Padding;
                var y = top + Padding - 0.5;
                page.Text(left, y + HeadingPitch * Sheet.Baseline, heading, PdfFont.Serif, Sheet.HeadingSize, PdfColor.Ink);
                y += HeadingPitch + 1;
                foreach (var line in text)
                {
                    page.Text(left, y + Sheet.BodyPitch * Sheet.Baseline, line, PdfFont.Sans, Sheet.Body, PdfColor.Ink);
                    y += Sheet.BodyPitch;
                }

                y += 2;
                foreach (var (fact, lines) in facts)
                {
                    page.Text(left, y + Sheet.BodyPitch * Sheet.Baseline, fact.Label, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
                    foreach (var line in lines)
                    {
                        page.Text(left + LabelWidth, y + Sheet.BodyPitch * Sheet.Baseline, line, Font(fact), Sheet.Body, PdfColor.Ink);
                        y += Sheet.BodyPitch;
                    }
                }

                if (modules is null)
                    return;
                var codeLeft = Sheet.Right - Padding - CodeSide;
                page.Modules(codeLeft, top + Padding, CodeSide, modules);
                if (qrCaption is not { } caption)
                    return;
                var captionLeft = codeLeft + (CodeSide - PdfFont.Sans.Width(caption, Sheet.Small)) / 2;
                page.Text(captionLeft, top + Padding + CodeSide + Sheet.SmallPitch + 1, caption, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
            }
        )
        {
            Before = Sheet.BlockGap,
        };
    }

    private static PdfFont Font(LetterFact fact) => fact.Strong ? PdfFont.SansSemiBold : PdfFont.Sans;
}
