using System.Globalization;
using System.Text;
using Association.Platform.Documents.Pdf.Fonts;

namespace Association.Platform.Documents.Pdf;

/// <summary>The faces documents are set in. Parsed on first use, then shared by all documents of the process.</summary>
public sealed class PdfFont
{
    private const string Digits = "0123456789.,- −€";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÄÖÜäöüßé/:()@&„“–·§%+×";

    /// <summary>Body text.</summary>
    public static readonly PdfFont Sans = new("SourceSans3-Regular", Digits + Letters);

    /// <summary>Names, headings of tables, what must not be missed.</summary>
    public static readonly PdfFont SansSemiBold = new("SourceSans3-SemiBold", Digits);

    /// <summary>Asides.</summary>
    public static readonly PdfFont SansItalic = new("SourceSans3-Italic", "");

    /// <summary>Subjects and titles, large only.</summary>
    public static readonly PdfFont Serif = new("SourceSerif4-Regular", "");

    private readonly Lazy<FontFace> face;

    private PdfFont(string name, string usual)
    {
        face = new Lazy<FontFace>(() => Load(name));
        Usual = usual;
    }

    internal FontFace Face => face.Value;

    /// <summary>
    /// Characters that every document embeds: most letters then embed the very same bytes, which are made once per process and written once per bundle.
    /// </summary>
    internal string Usual { get; }

    /// <summary>Height of capitals in millimetres.</summary>
    /// <param name="size">In points.</param>
    public double CapHeight(double size) => Face.CapHeight * size / Face.UnitsPerEm / PdfPage.PointsPerMillimetre;

    /// <summary>Width of a text in millimetres, kerned as it will be set.</summary>
    /// <param name="text">One line; control characters have no width.</param>
    /// <param name="size">In points.</param>
    public double Width(ReadOnlySpan<char> text, double size)
    {
        var units = 0;
        ushort previous = 0;
        foreach (var character in text.EnumerateRunes())
        {
            if (!IsSet(character))
                continue;
            var glyph = Face.GlyphOf(character);
            units += Face.WidthOf(glyph) + (previous == 0 ? 0 : Face.Kerning?.Between(previous, glyph) ?? 0);
            previous = glyph;
        }

        return units * size / Face.UnitsPerEm / PdfPage.PointsPerMillimetre;
    }

    /// <summary>The characters of a text that no letter can show: each would stand there as „?“. Empty when all of it can be printed.</summary>
    public static string CannotPrint(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(
            text.EnumerateRunes()
                .Where(c => IsSet(c) && !Rune.IsWhiteSpace(c) && !(Sans.Face.Has(c) && SansSemiBold.Face.Has(c)))
                .Distinct()
                .Select(c => c.ToString())
        );
    }

    /// <summary>Control characters and marks that only direct others are left out.</summary>
    internal static bool IsSet(Rune character) => Rune.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format);

    private static FontFace Load(string name)
    {
        using var resource =
            typeof(PdfFont).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The face {name} is not embedded.");
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        return new FontFace(name, file);
    }
}
