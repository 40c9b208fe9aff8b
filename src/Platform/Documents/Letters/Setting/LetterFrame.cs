using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters.Setting;

/// <summary>What stands around the body: letterhead, window, information block, footer and marks on the first page; a line of orientation on the
/// others.</summary>
internal sealed class LetterFrame(LetterContent content)
{
    private const double LargestAddress = 10.5;
    private const double SmallestAddress = 8.5;
    private const int MostAddressLines = 6;

    private readonly LetterWords words = new(content.Language);

    public void Draw(PdfPage page, bool isFirst)
    {
        if (!isFirst)
        {
            page.Line(Sheet.Left, Sheet.NextHeadBaseline + 2.4, Sheet.Right, Sheet.NextHeadBaseline + 2.4, 0.5, PdfColor.Ink);
            return;
        }

        DrawHead(page);
        DrawAddress(page);
        DrawFacts(page);
        DrawFooter(page);
        DrawMarks(page);
    }

    /// <summary>The second page on says what it belongs to and which of how many it is; known only when all pages are.</summary>
    public void NumberPages(IReadOnlyList<PdfPage> pages)
    {
        for (var number = 2; number <= pages.Count; number++)
        {
            var page = pages[number - 1];
            var counted = words.Page(number, pages.Count);
            page.TextRight(Sheet.Right, Sheet.NextHeadBaseline, counted, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
            var room = Sheet.Width - PdfFont.Sans.Width(counted, Sheet.Small) - 6;
            var subject = TextLines.Wrap(content.Sender.Name + " · " + content.Title, PdfFont.Sans, Sheet.Small, room)[0];
            page.Text(Sheet.Left, Sheet.NextHeadBaseline, subject, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
        }
    }

    private void DrawHead(PdfPage page)
    {
        // A name too long for one line is set smaller rather than broken.
        var room = Sheet.Width - DrawLogo(page);
        var width = PdfFont.Serif.Width(content.Sender.Name, Sheet.NameSize);
        var size = width <= room ? Sheet.NameSize : Sheet.NameSize * room / width;
        page.Text(Sheet.Left, Sheet.NameBaseline, content.Sender.Name, PdfFont.Serif, size, content.Sender.Color);
        if (content.Sender.Tagline is { } tagline)
            page.Text(Sheet.Left, Sheet.NameBaseline + 5.4, tagline, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
        page.Line(Sheet.Left, Sheet.HeadRule, Sheet.Right, Sheet.HeadRule, 0.75, content.Sender.Color);
    }

    // As large as its box allows, standing on the rule's distance, flush right; what it takes from the name's line is the answer.
    private double DrawLogo(PdfPage page)
    {
        if (content.Sender.Logo is not { } logo)
            return 0;
        var scale = Math.Min(Sheet.LogoWidth / logo.Width, Sheet.LogoHeight / logo.Height);
        var (width, height) = (logo.Width * scale, logo.Height * scale);
        page.Image(Sheet.Right - width, Sheet.LogoBottom - height, width, height, logo);
        return width + Sheet.LogoGap;
    }

    private void DrawAddress(PdfPage page)
    {
        const double LargestReturn = 6.5;
        var sender = content.Sender.ReturnAddress;
        var natural = PdfFont.Sans.Width(sender, LargestReturn);
        var returnSize = natural <= Sheet.WindowWidth ? LargestReturn : LargestReturn * Sheet.WindowWidth / natural;
        page.Text(Sheet.WindowLeft, Sheet.ReturnBaseline, sender, PdfFont.Sans, returnSize, PdfColor.SecondInk);
        page.Line(Sheet.WindowLeft, Sheet.ReturnBaseline + 1.2, Sheet.WindowLeft + Sheet.WindowWidth, Sheet.ReturnBaseline + 1.2, 0.25, PdfColor.Hairline);

        // Slightly too wide: set all lines smaller. Far too wide: break the long line, as long as the window has room.
        var fitting = LargestAddress * Sheet.WindowWidth / content.Address.Max(line => PdfFont.Sans.Width(line, LargestAddress));
        var size = fitting >= SmallestAddress ? Math.Min(fitting, LargestAddress) : LargestAddress;
        var lines = AddressLines(size);
        if (lines.Length > MostAddressLines)
            lines = AddressLines(size = SmallestAddress);
        var pitch = Math.Min(Sheet.AddressPitch, Sheet.AddressHeight / lines.Length);
        for (var i = 0; i < lines.Length; i++)
            page.Text(Sheet.WindowLeft, Sheet.AddressTop + pitch * (i + Sheet.Baseline), lines[i], PdfFont.Sans, Math.Min(size, pitch * 2.4), PdfColor.Ink);
    }

    private string[] AddressLines(double size) => [.. content.Address.SelectMany(line => TextLines.Wrap(line, PdfFont.Sans, size, Sheet.WindowWidth))];

    private void DrawFacts(PdfPage page)
    {
        var top = Sheet.FactsTop;
        foreach (var fact in content.Facts)
        {
            var font = fact.Strong ? PdfFont.SansSemiBold : PdfFont.Sans;
            var baseline = top + Sheet.FactsPitch * Sheet.Baseline;
            page.Text(Sheet.FactsLeft, baseline, fact.Label, PdfFont.Sans, Sheet.Small, PdfColor.SecondInk);
            foreach (var line in TextLines.Wrap(fact.Value, font, Sheet.Body, Sheet.Right - Sheet.FactsValue))
            {
                page.Text(Sheet.FactsValue, top + Sheet.FactsPitch * Sheet.Baseline, line, font, Sheet.Body, PdfColor.Ink);
                top += Sheet.FactsPitch;
            }
        }
    }

    private void DrawFooter(PdfPage page)
    {
        page.Line(Sheet.Left, Sheet.FooterRule, Sheet.Right, Sheet.FooterRule, 0.25, PdfColor.Hairline);
        var columns = content.Sender.Footer;
        if (columns.Count == 0)
            return;
        const double LeastGap = 4;
        var widths = Fit([.. columns.Select(Natural)], Sheet.Width - LeastGap * (columns.Count - 1));
        var gap = columns.Count == 1 ? 0 : (Sheet.Width - widths.Sum()) / (columns.Count - 1);

        var left = Sheet.Left;
        for (var i = 0; i < columns.Count; i++)
        {
            var baseline = Sheet.FooterTop;
            page.Text(left, baseline, columns[i].Heading, PdfFont.SansSemiBold, Sheet.Footer, PdfColor.Ink);
            foreach (var line in columns[i].Lines.SelectMany(line => TextLines.Wrap(line, PdfFont.Sans, Sheet.Footer, widths[i])))
                page.Text(left, baseline += Sheet.FooterPitch, line, PdfFont.Sans, Sheet.Footer, PdfColor.SecondInk);
            left += widths[i] + gap;
        }
    }

    private static double Natural(LetterFooterColumn column) =>
        column.Lines.Select(line => PdfFont.Sans.Width(line, Sheet.Footer)).Append(PdfFont.SansSemiBold.Width(column.Heading, Sheet.Footer)).Max();

    // Where there is not room for all, narrow columns keep their width and the wide ones share what is left.
    private static double[] Fit(double[] natural, double room)
    {
        if (natural.Sum() <= room)
            return [.. natural.Select(width => width + 0.01)]; // a hair more than measured: rounding never breaks a line that fits
        var (left, sharing) = (room, natural.Length);
        foreach (var width in natural.Order().TakeWhile(width => width <= left / sharing))
            (left, sharing) = (left - width, sharing - 1);
        var widest = left / sharing;
        return [.. natural.Select(width => Math.Min(width + 0.01, widest))];
    }

    private static void DrawMarks(PdfPage page)
    {
        page.Line(5, Sheet.FirstFold, 9, Sheet.FirstFold, 0.25, PdfColor.SecondInk);
        page.Line(5, Sheet.SecondFold, 9, Sheet.SecondFold, 0.25, PdfColor.SecondInk);
        page.Line(5, Sheet.Hole, 11, Sheet.Hole, 0.25, PdfColor.SecondInk);
    }
}
