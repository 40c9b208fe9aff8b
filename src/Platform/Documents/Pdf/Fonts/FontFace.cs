using System.Buffers.Binary;
using System.Text;

namespace Association.Platform.Documents.Pdf.Fonts;

/// <summary>A TrueType face, parsed once per process (OpenType 1.9: head, hhea, maxp, hmtx, cmap, loca, glyf). Immutable, thread-safe.</summary>
internal sealed class FontFace
{
    private const int DirectLimit = 0x2200;
    private const char WhereNoGlyphIs = '?';

    private readonly byte[] file;
    private readonly Dictionary<uint, (int Offset, int Length)> tables = [];
    private readonly ushort[] glyphOfLow = new ushort[DirectLimit];
    private readonly Dictionary<int, ushort> glyphOfHigh = [];
    private readonly ushort[] widths;
    private readonly int[] offsets;

    /// <exception cref="InvalidDataException">Not a TrueType face with glyph outlines.</exception>
    public FontFace(string name, byte[] file)
    {
        Name = name;
        this.file = file;
        var count = U16(4);
        for (var i = 0; i < count; i++)
        {
            var entry = 12 + i * 16;
            tables[U32(entry)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }

        var head = Start("head"u8);
        var hhea = Start("hhea"u8);
        UnitsPerEm = U16(head + 18);
        Box = (I16(head + 36), I16(head + 38), I16(head + 40), I16(head + 42));
        Ascent = I16(hhea + 4);
        Descent = I16(hhea + 6);
        CapHeight = I16(Start("OS/2"u8) + 88);
        ItalicAngle = I16(Start("post"u8) + 4);
        GlyphCount = U16(Start("maxp"u8) + 4);
        widths = ReadWidths(Start("hmtx"u8), U16(hhea + 34));
        offsets = ReadOffsets(Start("loca"u8), isLong: U16(head + 50) == 1);
        ReadCharacters(Start("cmap"u8));
        Kerning = tables.ContainsKey(Tag("GPOS"u8)) ? new PairKerning(file, Start("GPOS"u8)) : null;
    }

    /// <summary>PostScript name.</summary>
    public string Name { get; }

    public int UnitsPerEm { get; }

    public (int Left, int Bottom, int Right, int Top) Box { get; }

    public int Ascent { get; }

    public int Descent { get; }

    public int CapHeight { get; }

    public int ItalicAngle { get; }

    public int GlyphCount { get; }

    public PairKerning? Kerning { get; }

    /// <summary>Advance in units of the em.</summary>
    public int WidthOf(ushort glyph) => widths[glyph];

    /// <summary>The outline's bytes in the glyf table; empty for a blank.</summary>
    public ReadOnlySpan<byte> OutlineOf(int glyph) => file.AsSpan(Start("glyf"u8) + offsets[glyph], offsets[glyph + 1] - offsets[glyph]);

    /// <summary>A whole table, copied as it is.</summary>
    public ReadOnlySpan<byte> Table(ReadOnlySpan<byte> tag) => tables.TryGetValue(Tag(tag), out var table) ? file.AsSpan(table.Offset, table.Length) : default;

    /// <summary>Whether a character can be shown, by its glyph or a related one.</summary>
    public bool Has(Rune character) => GlyphOrNone(character) != 0;

    /// <summary>The glyph of a character; of a related one if the face lacks it; of „?“ if there is none.</summary>
    public ushort GlyphOf(Rune character) => GlyphOrNone(character) is not 0 and var glyph ? glyph : Find(WhereNoGlyphIs);

    private ushort GlyphOrNone(Rune character)
    {
        var glyph = Find(character.Value);
        if (glyph != 0)
            return glyph;
        foreach (var related in Related(character).EnumerateRunes())
        {
            glyph = Find(related.Value);
            if (glyph != 0)
                return glyph;
        }

        return 0;
    }

    private static string Related(Rune character) =>
        character.Value switch
        {
            0x2010 or 0x2011 => "-",
            0x00A0 or 0x202F or (>= 0x2000 and <= 0x200A) => " ",
            _ when character.IsBmp => character.ToString().Normalize(NormalizationForm.FormKD),
            _ => "",
        };

    private ushort Find(int character) => character < DirectLimit ? glyphOfLow[character] : glyphOfHigh.GetValueOrDefault(character);

    private ushort[] ReadWidths(int hmtx, int measured)
    {
        var all = new ushort[GlyphCount];
        for (var glyph = 0; glyph < all.Length; glyph++)
            all[glyph] = (ushort)U16(hmtx + Math.Min(glyph, measured - 1) * 4);
        return all;
    }

    private int[] ReadOffsets(int loca, bool isLong)
    {
        var all = new int[GlyphCount + 1];
        for (var glyph = 0; glyph < all.Length; glyph++)
            all[glyph] = isLong ? (int)U32(loca + glyph * 4) : U16(loca + glyph * 2) * 2;
        return all;
    }

    // Format 12 holds every character; format 4, which all faces have too, only those of the basic plane.
    private void ReadCharacters(int cmap)
    {
        var count = U16(cmap + 2);
        for (var i = 0; i < count; i++)
        {
            var subtable = cmap + (int)U32(cmap + 4 + i * 8 + 4);
            if (U16(subtable) != 12)
                continue;
            var groups = (int)U32(subtable + 12);
            for (var group = subtable + 16; group < subtable + 16 + groups * 12; group += 12)
            {
                var first = (int)U32(group);
                var last = (int)U32(group + 4);
                var glyph = (int)U32(group + 8);
                for (var character = first; character <= last; character++, glyph++)
                {
                    if (character < DirectLimit)
                        glyphOfLow[character] = (ushort)glyph;
                    else
                        glyphOfHigh[character] = (ushort)glyph;
                }
            }

            return;
        }

        throw new InvalidDataException($"The face {Name} has no character map of format 12.");
    }

    private int Start(ReadOnlySpan<byte> tag) =>
        tables.TryGetValue(Tag(tag), out var table)
            ? table.Offset
            : throw new InvalidDataException($"The face {Name} lacks the table {Encoding.ASCII.GetString(tag)}.");

    private static uint Tag(ReadOnlySpan<byte> tag) => BinaryPrimitives.ReadUInt32BigEndian(tag);

    private int U16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(offset));

    private int I16(int offset) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(offset));

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(offset));
}
