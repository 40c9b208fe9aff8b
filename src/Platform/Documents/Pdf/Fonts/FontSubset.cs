using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Association.Platform.Documents.Pdf.Fonts;

/// <summary>
/// The glyphs a document uses of a face, numbered in the order of their first use, and the small TrueType file that holds only them.
/// Numbering anew keeps that file at some kilobytes. Belongs to one document; not thread-safe.
/// </summary>
internal sealed class FontSubset
{
    private const int ArgumentsAreWords = 0x0001;
    private const int HasScale = 0x0008;
    private const int MoreComponents = 0x0020;
    private const int HasTwoScales = 0x0040;
    private const int HasMatrix = 0x0080;

    private readonly ushort[] numberOf;
    private readonly List<ushort> glyphs = [];
    private readonly List<int> characters = [];

    /// <param name="face">The whole face.</param>
    /// <param name="usual">Characters that are in it from the start.</param>
    public FontSubset(FontFace face, string usual)
    {
        Face = face;
        numberOf = new ushort[face.GlyphCount];
        // Glyph 0, the sign for a missing character, has to stay first in any TrueType file.
        Add(0, character: 0);
        foreach (var character in usual.EnumerateRunes())
            NumberOf(face.GlyphOf(character), character);
    }

    public FontFace Face { get; }

    /// <summary>Glyphs of the face, by their numbers here.</summary>
    public IReadOnlyList<ushort> Glyphs => glyphs;

    /// <summary>The character each glyph was first used for; 0 for a glyph that only is a part of others.</summary>
    public IReadOnlyList<int> Characters => characters;

    /// <summary>A glyph's number in this subset.</summary>
    public ushort NumberOf(ushort glyph, Rune character)
    {
        if (numberOf[glyph] == 0 && glyph != 0)
            Add(glyph, character.Value);
        return numberOf[glyph];
    }

    /// <summary>Tells subsets with other glyphs, or the same in another order, apart.</summary>
    public string Key =>
        string.Create(
            glyphs.Count * 3,
            this,
            (key, subset) =>
            {
                for (var i = 0; i < subset.glyphs.Count; i++)
                {
                    key[i * 3] = (char)subset.glyphs[i];
                    key[i * 3 + 1] = (char)subset.characters[i];
                    key[i * 3 + 2] = (char)(subset.characters[i] >> 16);
                }
            }
        );

    /// <summary>The TrueType file (tables that PDF needs: ISO 32000-1, 9.9).</summary>
    public byte[] ToTrueType()
    {
        var outlines = Outlines(out var starts);
        var count = glyphs.Count;

        var head = Face.Table("head"u8).ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var hhea = Face.Table("hhea"u8).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)count);
        var maxp = Face.Table("maxp"u8).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)count);

        var loca = new byte[starts.Length * 4];
        for (var i = 0; i < starts.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(i * 4), starts[i]);

        var hmtx = new byte[count * 4];
        var bearings = Face.Table("hmtx"u8);
        for (var i = 0; i < count; i++)
            bearings.Slice(glyphs[i] * 4, 4).CopyTo(hmtx.AsSpan(i * 4));

        return TrueTypeFile.Join(("glyf", outlines), ("head", head), ("hhea", hhea), ("hmtx", hmtx), ("loca", loca), ("maxp", maxp));
    }

    private void Add(ushort glyph, int character)
    {
        numberOf[glyph] = (ushort)glyphs.Count;
        glyphs.Add(glyph);
        characters.Add(character);
    }

    // An accented letter is made of other glyphs: they are added while walking, so the list grows under the loop.
    private byte[] Outlines(out int[] starts)
    {
        var all = new ArrayBufferWriter<byte>(16 * 1024);
        var begin = new List<int> { 0 };
        for (var i = 0; i < glyphs.Count; i++)
        {
            var outline = Face.OutlineOf(glyphs[i]);
            if (!outline.IsEmpty)
            {
                var copy = all.GetSpan((outline.Length + 3) & ~3)[..((outline.Length + 3) & ~3)];
                copy.Clear();
                outline.CopyTo(copy);
                if (BinaryPrimitives.ReadInt16BigEndian(outline) < 0)
                    RenumberComponents(copy);
                all.Advance(copy.Length);
            }

            begin.Add(all.WrittenCount);
        }

        starts = [.. begin];
        return all.WrittenSpan.ToArray();
    }

    private void RenumberComponents(Span<byte> outline)
    {
        var position = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[position..]);
            var component = BinaryPrimitives.ReadUInt16BigEndian(outline[(position + 2)..]);
            BinaryPrimitives.WriteUInt16BigEndian(outline[(position + 2)..], NumberOf(component, default));
            position += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2);
            position +=
                (flags & HasScale) != 0 ? 2
                : (flags & HasTwoScales) != 0 ? 4
                : (flags & HasMatrix) != 0 ? 8
                : 0;
        } while ((flags & MoreComponents) != 0);
    }
}
