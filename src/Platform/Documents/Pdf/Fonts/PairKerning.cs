using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Association.Platform.Documents.Pdf.Fonts;

/// <summary>How much closer or further two glyphs stand (OpenType GPOS, feature kern: pair adjustment by glyphs and by classes).</summary>
internal sealed class PairKerning
{
    private const uint Kern = 0x6B65726E;

    private readonly byte[] file;
    private readonly List<int> subtables = [];
    private readonly ConcurrentDictionary<int, short> known = new();

    public PairKerning(byte[] file, int gpos)
    {
        this.file = file;
        var features = gpos + U16(gpos + 6);
        var lookups = gpos + U16(gpos + 8);
        var indexes = new SortedSet<int>();
        for (var i = 0; i < U16(features); i++)
        {
            var record = features + 2 + i * 6;
            if (BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(record)) != Kern)
                continue;
            var feature = features + U16(record + 4);
            for (var j = 0; j < U16(feature + 2); j++)
                indexes.Add(U16(feature + 4 + j * 2));
        }

        foreach (var index in indexes)
            AddSubtables(lookups + U16(lookups + 2 + index * 2));
    }

    /// <summary>In units of the em; negative is closer.</summary>
    public int Between(ushort left, ushort right)
    {
        var pair = left << 16 | right;
        if (!known.TryGetValue(pair, out var kerning))
            known[pair] = kerning = Look(left, right);
        return kerning;
    }

    // Type 2 is pair adjustment, type 9 wraps another type behind a long offset.
    private void AddSubtables(int lookup)
    {
        for (var i = 0; i < U16(lookup + 4); i++)
        {
            var subtable = lookup + U16(lookup + 6 + i * 2);
            var type = U16(lookup);
            if (type == 9)
            {
                type = U16(subtable + 2);
                subtable += (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(subtable + 4));
            }

            // Only pairs that move the first glyph's advance and nothing else: that is what Latin kerning is.
            if (type == 2 && U16(subtable + 4) == 4 && U16(subtable + 6) == 0)
                subtables.Add(subtable);
        }
    }

    private short Look(ushort left, ushort right)
    {
        foreach (var subtable in subtables)
        {
            var covered = Coverage(subtable + U16(subtable + 2), left);
            if (covered < 0)
                continue;
            if (U16(subtable) == 1)
            {
                if (OfPair(subtable + U16(subtable + 10 + covered * 2), right) is { } kerning)
                    return kerning;
                continue;
            }

            var row = Class(subtable + U16(subtable + 8), left);
            var column = Class(subtable + U16(subtable + 10), right);
            return I16(subtable + 16 + (row * U16(subtable + 14) + column) * 2);
        }

        return 0;
    }

    private short? OfPair(int set, ushort right)
    {
        var low = 0;
        var high = U16(set) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var glyph = U16(set + 2 + middle * 4);
            if (glyph == right)
                return I16(set + 4 + middle * 4);
            if (glyph < right)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    private int Coverage(int table, ushort glyph)
    {
        var count = U16(table + 2);
        for (var i = 0; i < count; i++)
        {
            if (U16(table) == 1)
            {
                if (U16(table + 4 + i * 2) == glyph)
                    return i;
            }
            else if (glyph >= U16(table + 4 + i * 6) && glyph <= U16(table + 6 + i * 6))
            {
                return U16(table + 8 + i * 6) + glyph - U16(table + 4 + i * 6);
            }
        }

        return -1;
    }

    private int Class(int table, ushort glyph)
    {
        if (U16(table) == 1)
        {
            var index = glyph - U16(table + 2);
            return index >= 0 && index < U16(table + 4) ? U16(table + 6 + index * 2) : 0;
        }

        for (var i = 0; i < U16(table + 2); i++)
        {
            var range = table + 4 + i * 6;
            if (glyph >= U16(range) && glyph <= U16(range + 2))
                return U16(range + 4);
        }

        return 0;
    }

    private int U16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(offset));

    private short I16(int offset) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(offset));
}
