using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Association.Platform.Documents.Pdf.Fonts;

/// <summary>Joins tables to a TrueType file with its directory and check sums (OpenType 1.9, „Organization of an OpenType font“).</summary>
internal static class TrueTypeFile
{
    /// <param name="tables">Sorted by tag; lengths may be odd.</param>
    public static byte[] Join(params ReadOnlySpan<(string Tag, byte[] Bytes)> tables)
    {
        var length = 12 + tables.Length * 16;
        foreach (var (_, bytes) in tables)
            length += Padded(bytes.Length);

        var file = new byte[length];
        var power = BitOperations.Log2((uint)tables.Length);
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Length);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(tables.Length * 16 - (16 << power)));

        var offset = 12 + tables.Length * 16;
        var head = 0;
        for (var i = 0; i < tables.Length; i++)
        {
            var (tag, bytes) = tables[i];
            bytes.CopyTo(file, offset);
            var entry = file.AsSpan(12 + i * 16);
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(file.AsSpan(offset, Padded(bytes.Length))));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], bytes.Length);
            if (tag == "head")
                head = offset;
            offset += Padded(bytes.Length);
        }

        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(head + 8), 0xB1B0AFBA - Sum(file));
        return file;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (; bytes.Length >= 4; bytes = bytes[4..])
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return sum;
    }
}
