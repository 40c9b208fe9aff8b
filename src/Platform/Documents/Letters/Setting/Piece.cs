using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters.Setting;

/// <summary>The smallest part that is never split over two pages: a line, a table's row, a box.</summary>
/// <param name="Height">In millimetres.</param>
/// <param name="Draw">Draws it with its top edge at a height of a page.</param>
internal sealed record Piece(double Height, Action<PdfPage, double> Draw)
{
    /// <summary>White above it; dropped at the top of a page.</summary>
    public double Before { get; init; }

    /// <summary>The next piece must begin on the same page.</summary>
    public bool KeepWithNext { get; init; }

    /// <summary>Repeated above it where it is the first on a page: a table's head.</summary>
    public Piece? Head { get; init; }

    /// <summary>A line of text.</summary>
    public static Piece Line(string text, PdfFont font, double size, double pitch, PdfColor color) =>
        new(pitch, (page, top) => page.Text(Sheet.Left, top + pitch * Sheet.Baseline, text, font, size, color));
}
