using System.Collections;
using Association.Platform.Documents.Pdf.Fonts;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf;

/// <summary>An A4 page. Millimetres from the top left corner; text stands on its baseline; sizes of type and lines are in points.</summary>
public sealed class PdfPage
{
    /// <summary>210 mm.</summary>
    public const double Width = 210;

    /// <summary>297 mm.</summary>
    public const double Height = 297;

    internal const double PointsPerMillimetre = 72 / 25.4;

    private readonly PdfDocument document;
    private PdfColor fill = PdfColor.Black;
    private PdfColor stroke = PdfColor.Black;

    internal PdfPage(PdfDocument document) => this.document = document;

    internal PdfSyntax Content { get; } = new();

    /// <summary>Sets a line of text from its left end.</summary>
    /// <returns>Its width in millimetres.</returns>
    public double Text(double x, double y, ReadOnlySpan<char> text, PdfFont font, double size, PdfColor color)
    {
        ArgumentNullException.ThrowIfNull(font);
        if (text.IsEmpty)
            return 0;
        var subset = document.Use(font, out var name);
        Fill(color);
        Content.Raw("BT /F"u8).Whole(name).Raw(" "u8).Number(size).Raw("Tf "u8).Number(X(x)).Number(Y(y)).Raw("Td [<"u8);
        var units = Glyphs(text, subset);
        Content.Raw(">]TJ ET\n"u8);
        return units * size / subset.Face.UnitsPerEm / PointsPerMillimetre;
    }

    /// <summary>Sets a line of text so that it ends at <paramref name="right"/>.</summary>
    public void TextRight(double right, double y, ReadOnlySpan<char> text, PdfFont font, double size, PdfColor color)
    {
        ArgumentNullException.ThrowIfNull(font);
        Text(right - font.Width(text, size), y, text, font, size, color);
    }

    /// <summary>Draws a straight line.</summary>
    /// <param name="x1">Start.</param>
    /// <param name="y1">Start.</param>
    /// <param name="x2">End.</param>
    /// <param name="y2">End.</param>
    /// <param name="thickness">In points.</param>
    /// <param name="color">Its colour.</param>
    public void Line(double x1, double y1, double x2, double y2, double thickness, PdfColor color)
    {
        Stroke(color);
        Content.Number(thickness).Raw("w "u8).Number(X(x1)).Number(Y(y1)).Raw("m "u8).Number(X(x2)).Number(Y(y2)).Raw("l S\n"u8);
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(double x, double y, double width, double height, PdfColor color)
    {
        Fill(color);
        Rectangle(x, y, width, height);
        Content.Raw("f\n"u8);
    }

    /// <summary>Fills a circle.</summary>
    public void Circle(double x, double y, double radius, PdfColor color)
    {
        // Four Bézier curves; this handle length keeps them within 0.03 % of a circle.
        const double Handle = 0.5523;
        Fill(color);
        var (cx, cy, r, h) = (X(x), Y(y), radius * PointsPerMillimetre, radius * PointsPerMillimetre * Handle);
        Content.Number(cx + r).Number(cy).Raw("m "u8);
        Curve(cx + r, cy + h, cx + h, cy + r, cx, cy + r);
        Curve(cx - h, cy + r, cx - r, cy + h, cx - r, cy);
        Curve(cx - r, cy - h, cx - h, cy - r, cx, cy - r);
        Curve(cx + h, cy - r, cx + r, cy - h, cx + r, cy);
        Content.Raw("f\n"u8);
    }

    /// <summary>Draws a rectangle's outline.</summary>
    public void Outline(double x, double y, double width, double height, double thickness, PdfColor color)
    {
        Stroke(color);
        Content.Number(thickness).Raw("w "u8);
        Rectangle(x, y, width, height);
        Content.Raw("S\n"u8);
    }

    /// <summary>Draws the dark modules of a matrix, row by row, as rectangles that touch without gaps.</summary>
    /// <param name="x">Left.</param>
    /// <param name="y">Top.</param>
    /// <param name="side">Of the whole square.</param>
    /// <param name="modules">As many rows as columns.</param>
    public void Modules(double x, double y, double side, IReadOnlyList<BitArray> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        Fill(PdfColor.Black);
        // One coordinate system of modules keeps all numbers whole, and the code small.
        var step = side / modules.Count * PointsPerMillimetre;
        Content.Raw("q "u8).Number(step).Raw("0 0 "u8).Number(-step).Number(X(x)).Number(Y(y)).Raw("cm\n"u8);
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; )
            {
                var start = column;
                while (column < modules.Count && modules[row][column])
                    column++;
                if (column > start)
                    Content.Whole(start).Raw(" "u8).Whole(row).Raw(" "u8).Whole(column - start).Raw(" 1 re\n"u8);
                else
                    column++;
            }
        }

        Content.Raw("f Q\n"u8);
    }

    /// <summary>Draws a picture, stretched into a rectangle.</summary>
    /// <param name="x">Left.</param>
    /// <param name="y">Top.</param>
    /// <param name="width">Of the rectangle.</param>
    /// <param name="height">Of the rectangle.</param>
    /// <param name="image">The picture.</param>
    public void Image(double x, double y, double width, double height, PdfImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Content
            .Raw("q "u8)
            .Number(width * PointsPerMillimetre)
            .Raw("0 0 "u8)
            .Number(height * PointsPerMillimetre)
            .Number(X(x))
            .Number(Y(y + height))
            .Raw("cm /I"u8)
            .Whole(document.Use(image))
            .Raw(" Do Q\n"u8);
    }

    private static double X(double millimetres) => millimetres * PointsPerMillimetre;

    private static double Y(double millimetres) => (Height - millimetres) * PointsPerMillimetre;

    private int Glyphs(ReadOnlySpan<char> text, FontSubset subset)
    {
        var units = 0;
        ushort previous = 0;
        foreach (var character in text.EnumerateRunes())
        {
            if (!PdfFont.IsSet(character))
                continue;
            var glyph = subset.Face.GlyphOf(character);
            var kerning = previous == 0 ? 0 : subset.Face.Kerning?.Between(previous, glyph) ?? 0;
            if (kerning != 0)
                Content.Raw(">"u8).Number(-kerning * 1000.0 / subset.Face.UnitsPerEm).Raw("<"u8);
            Content.Hex(subset.NumberOf(glyph, character));
            units += subset.Face.WidthOf(glyph) + kerning;
            previous = glyph;
        }

        return units;
    }

    private void Rectangle(double x, double y, double width, double height) =>
        Content.Number(X(x)).Number(Y(y + height)).Number(width * PointsPerMillimetre).Number(height * PointsPerMillimetre).Raw("re "u8);

    private void Curve(double x1, double y1, double x2, double y2, double x3, double y3) =>
        Content.Number(x1).Number(y1).Number(x2).Number(y2).Number(x3).Number(y3).Raw("c "u8);

    private void Fill(PdfColor color)
    {
        if (color == fill)
            return;
        fill = color;
        Color(color).Raw("rg "u8);
    }

    private void Stroke(PdfColor color)
    {
        if (color == stroke)
            return;
        stroke = color;
        Color(color).Raw("RG "u8);
    }

    private PdfSyntax Color(PdfColor color) => Content.Number(color.Red / 255.0).Number(color.Green / 255.0).Number(color.Blue / 255.0);
}
