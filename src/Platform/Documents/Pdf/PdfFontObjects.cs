using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Association.Platform.Documents.Pdf.Fonts;

namespace Association.Platform.Documents.Pdf;

/// <summary>The objects of an embedded face: a composite font with two-byte glyph numbers (ISO 32000-1, 9.7).</summary>
internal static class PdfFontObjects
{
    private const int BlockOfMappings = 100;

    /// <returns>The number of the font's object.</returns>
    public static int Write(PdfFile file, FontSubset subset)
    {
        // First the file: parts of accented letters join the subset while it is written.
        var trueType = subset.ToTrueType();
        var face = subset.Face;
        var name = Tag(subset) + "+" + face.Name;

        var program = file.Reserve();
        file.Stream(program, string.Create(CultureInfo.InvariantCulture, $"/Length1 {trueType.Length}"), trueType);

        var descriptor = file.Reserve();
        file.Begin(descriptor).Raw("<</Type/FontDescriptor/FontName"u8).Name(name).Raw("/Flags "u8).Whole(Flags(face)).Raw("/FontBBox["u8)
            .Number(Em(face, face.Box.Left)).Number(Em(face, face.Box.Bottom)).Number(Em(face, face.Box.Right)).Number(Em(face, face.Box.Top)).Raw("]/ItalicAngle "u8).Whole(face.ItalicAngle)
            .Raw("/Ascent "u8).Number(Em(face, face.Ascent)).Raw("/Descent "u8).Number(Em(face, face.Descent)).Raw("/CapHeight "u8).Number(Em(face, face.CapHeight))
            .Raw("/StemV 80/FontFile2 "u8).Reference(program).Raw(">>"u8);
        file.End();

        var descendant = file.Reserve();
        var body = file.Begin(descendant).Raw("<</Type/Font/Subtype/CIDFontType2/BaseFont"u8).Name(name)
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor "u8).Reference(descriptor).Raw("/W[0["u8);
        foreach (var glyph in subset.Glyphs)
            body.Number(Em(face, face.WidthOf(glyph)));
        body.Raw("]]>>"u8);
        file.End();

        var unicode = file.Reserve();
        file.Stream(unicode, "", ToUnicode(subset));

        var font = file.Reserve();
        file.Begin(font).Raw("<</Type/Font/Subtype/Type0/BaseFont"u8).Name(name).Raw("/Encoding/Identity-H/DescendantFonts["u8).Reference(descendant).Raw("]/ToUnicode "u8).Reference(unicode).Raw(">>"u8);
        file.End();
        return font;
    }

    private static double Em(FontFace face, int units) => units * 1000.0 / face.UnitsPerEm;

    // 4: symbolic, which a face without a standard encoding is; 64: italic (9.8.2).
    private static int Flags(FontFace face) => face.ItalicAngle == 0 ? 4 : 4 | 64;

    // Six letters that tell this subset from others of the same face (9.6.4).
    private static string Tag(FontSubset subset)
    {
        var digest = SHA256.HashData(MemoryMarshal.AsBytes(subset.Glyphs.ToArray().AsSpan()));
        return string.Create(6, digest, (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = (char)('A' + bytes[i] % 26);
        });
    }

    // What makes the text searchable and copyable (9.10.3).
    private static ReadOnlySpan<byte> ToUnicode(FontSubset subset)
    {
        var map = new PdfSyntax().Raw("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"u8);
        var mapped = Enumerable.Range(0, subset.Characters.Count).Where(number => subset.Characters[number] != 0).ToArray();
        foreach (var block in mapped.Chunk(BlockOfMappings))
        {
            map.Whole(block.Length).Raw(" beginbfchar\n"u8);
            foreach (var number in block)
            {
                map.Raw("<"u8).Hex((ushort)number).Raw("> <"u8);
                foreach (var unit in new Rune(subset.Characters[number]).ToString())
                    map.Hex(unit);
                map.Raw(">\n"u8);
            }

            map.Raw("endbfchar\n"u8);
        }

        return map.Raw("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"u8).Bytes;
    }
}
