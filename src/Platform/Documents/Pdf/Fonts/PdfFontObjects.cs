using System.Globalization;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf.Fonts;

/// <summary>The objects of an embedded face: a composite font with two-byte glyph numbers (ISO 32000-1, 9.7).</summary>
internal static class PdfFontObjects
{
    /// <returns>The number of the font's object.</returns>
    public static int Write(PdfFile file, FontSubset subset)
    {
        var face = subset.Face;
        var made = EmbeddedFace.Of(subset);
        var name = made.Tag + "+" + face.Name;

        var program = file.Reserve();
        file.WriteStream(program, string.Create(CultureInfo.InvariantCulture, $"/Length1 {made.ProgramLength}/Filter/FlateDecode"), made.Program);

        var descriptor = file.Reserve();
        file.Begin(descriptor)
            .Raw("<</Type/FontDescriptor/FontName"u8)
            .Name(name)
            .Raw("/Flags "u8)
            .Whole(Flags(face))
            .Raw("/FontBBox["u8)
            .Number(Em(face, face.Box.Left))
            .Number(Em(face, face.Box.Bottom))
            .Number(Em(face, face.Box.Right))
            .Number(Em(face, face.Box.Top))
            .Raw("]/ItalicAngle "u8)
            .Whole(face.ItalicAngle)
            .Raw("/Ascent "u8)
            .Number(Em(face, face.Ascent))
            .Raw("/Descent "u8)
            .Number(Em(face, face.Descent))
            .Raw("/CapHeight "u8)
            .Number(Em(face, face.CapHeight))
            .Raw("/StemV 80/FontFile2 "u8)
            .Reference(program)
            .Raw(">>"u8);
        file.End();

        var descendant = file.Reserve();
        var body = file.Begin(descendant)
            .Raw("<</Type/Font/Subtype/CIDFontType2/BaseFont"u8)
            .Name(name)
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor "u8)
            .Reference(descriptor)
            .Raw("/W[0["u8);
        foreach (var glyph in made.Glyphs)
            body.Number(Em(face, face.WidthOf(glyph)));
        body.Raw("]]>>"u8);
        file.End();

        var unicode = file.Reserve();
        file.WriteStream(unicode, "/Filter/FlateDecode", made.ToUnicode);

        var font = file.Reserve();
        file.Begin(font)
            .Raw("<</Type/Font/Subtype/Type0/BaseFont"u8)
            .Name(name)
            .Raw("/Encoding/Identity-H/DescendantFonts["u8)
            .Reference(descendant)
            .Raw("]/ToUnicode "u8)
            .Reference(unicode)
            .Raw(">>"u8);
        file.End();
        return font;
    }

    private static double Em(FontFace face, int units) => units * 1000.0 / face.UnitsPerEm;

    // 4: symbolic, which a face without a standard encoding is; 64: italic (9.8.2).
    private static int Flags(FontFace face) => face.ItalicAngle == 0 ? 4 : 4 | 64;
}
