using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters.Setting;

/// <summary>Lets pieces flow over as many pages as they need.</summary>
internal sealed class LetterFlow(PdfDocument document, LetterFrame frame)
{
    private PdfPage? page;
    private double top;
    private double bottom;
    private bool atTop;

    public void Place(IReadOnlyList<Piece> pieces)
    {
        BeginPage();
        for (var start = 0; start < pieces.Count; )
        {
            var end = start + 1;
            while (end < pieces.Count && pieces[end - 1].KeepWithNext)
                end++;
            PlaceTogether([.. pieces.Skip(start).Take(end - start)]);
            start = end;
        }
    }

    // What belongs together and is taller than a page is cut after all, between its pieces.
    private void PlaceTogether(Piece[] group)
    {
        var height = group.Sum(piece => piece.Before + piece.Height);
        if (!atTop && top + height > bottom && height <= Sheet.NextBottom - Sheet.NextTop)
            BeginPage();
        foreach (var piece in group)
        {
            if (!atTop && top + piece.Before + piece.Height > bottom)
                BeginPage();
            if (atTop && document.Pages.Count > 1 && piece.Head is { } head)
                Draw(head);
            Draw(piece);
        }
    }

    private void Draw(Piece piece)
    {
        if (!atTop)
            top += piece.Before;
        piece.Draw(page!, top);
        top += piece.Height;
        atTop = false;
    }

    private void BeginPage()
    {
        page = document.AddPage();
        var isFirst = document.Pages.Count == 1;
        frame.Draw(page, isFirst);
        top = isFirst ? Sheet.FirstTop : Sheet.NextTop;
        bottom = isFirst ? Sheet.FirstBottom : Sheet.NextBottom;
        atTop = true;
    }
}
