using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf.Fonts;

/// <summary>A subset's streams, compressed; made once for all documents of the process that use the same glyphs.</summary>
/// <param name="Tag">Six letters that tell it from other subsets of its face.</param>
/// <param name="Program">The TrueType file, compressed.</param>
/// <param name="ProgramLength">The file's length before.</param>
/// <param name="ToUnicode">Which character each glyph stands for, compressed.</param>
/// <param name="Glyphs">All glyphs in the file, parts of accented letters with them.</param>
internal sealed record EmbeddedFace(string Tag, byte[] Program, int ProgramLength, byte[] ToUnicode, IReadOnlyList<ushort> Glyphs)
{
    private const int BlockOfMappings = 100;

    // Some 15 KB each. Rare glyphs make rare subsets; when there are too many, all are forgotten and the usual ones come back at once.
    private const int MostKept = 200;

    private static readonly ConcurrentDictionary<(FontFace Face, string Glyphs), EmbeddedFace> Kept = new();

    public static EmbeddedFace Of(FontSubset subset)
    {
        var key = (subset.Face, subset.Key);
        if (Kept.TryGetValue(key, out var known))
            return known;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        return Kept[key] = Make(subset);
    }

    // First the file: parts of accented letters join the subset while it is written.
    private static EmbeddedFace Make(FontSubset subset)
    {
        var program = subset.ToTrueType();
        return new EmbeddedFace(TagOf(subset), PdfFile.Compressed(program), program.Length, PdfFile.Compressed(MapToUnicode(subset)), [.. subset.Glyphs]);
    }

    // Six letters that tell this subset from others of the same face (9.6.4).
    private static string TagOf(FontSubset subset)
    {
        var digest = SHA256.HashData(MemoryMarshal.AsBytes(subset.Glyphs.ToArray().AsSpan()));
        return string.Create(
            6,
            digest,
            (letters, bytes) =>
            {
                for (var i = 0; i < letters.Length; i++)
                    letters[i] = (char)('A' + bytes[i] % 26);
            }
        );
    }

    // What makes the text searchable and copyable (9.10.3).
    private static ReadOnlySpan<byte> MapToUnicode(FontSubset subset)
    {
        var map = new PdfSyntax().Raw(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"u8
        );
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
