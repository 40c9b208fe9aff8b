using System.Buffers.Binary;
using System.IO.Compression;

namespace Association.Platform.Documents.Images;

/// <summary>A PNG that was unpacked (ISO/IEC 15948): its header, palette and rows, every checksum and length checked.</summary>
internal sealed class PngFile
{
    private readonly byte[] header;
    private readonly byte[] palette;
    private readonly byte[]? transparency;

    private PngFile(byte[] header, byte[] palette, byte[]? transparency, byte[] rows)
    {
        (this.header, this.palette, this.transparency, Rows) = (header, palette, transparency, rows);
    }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public int Width => BinaryPrimitives.ReadInt32BigEndian(header);

    public int Height => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));

    public int Depth => header[8];

    public PngColors Colors => (PngColors)header[9];

    public ReadOnlySpan<byte> Palette => palette;

    /// <summary>Opacity of the palette's entries, or the one colour that is transparent; null when all is opaque.</summary>
    public byte[]? Transparency => transparency;

    /// <summary>Each row with its filter's number in front.</summary>
    public byte[] Rows { get; }

    public int Channels =>
        Colors switch
        {
            PngColors.Color => 3,
            PngColors.GrayAlpha => 2,
            PngColors.ColorAlpha => 4,
            _ => 1,
        };

    /// <summary>Bytes of a row without its filter's number.</summary>
    public int Stride => (Width * Channels * Depth + 7) / 8;

    /// <exception cref="PictureException">It is cut off, damaged, too large, interlaced, or goes on behind its end.</exception>
    public static PngFile Read(ReadOnlySpan<byte> file)
    {
        byte[]? header = null,
            transparency = null;
        byte[] palette = [];
        using var packed = new MemoryStream();
        for (var position = Signature.Length; ; )
        {
            var chunk = ChunkAt(file, position, out var type);
            position += chunk.Length + 12;
            if ((header is null) != type.SequenceEqual("IHDR"u8))
                throw new PictureException(PictureFault.Damaged);
            if (type.SequenceEqual("IHDR"u8))
                header = HeaderOf(chunk);
            else if (type.SequenceEqual("PLTE"u8))
                palette = chunk.ToArray();
            else if (type.SequenceEqual("tRNS"u8))
                transparency = chunk.ToArray();
            else if (type.SequenceEqual("IDAT"u8))
                packed.Write(chunk);
            else if (type.SequenceEqual("IEND"u8))
            {
                if (position != file.Length)
                    throw new PictureException(PictureFault.Trailing);
                break;
            }
            else if (char.IsAsciiLetterUpper((char)type[0]))
                throw new PictureException(PictureFault.Damaged); // a chunk that must be understood
        }

        var png = new PngFile(header!, palette, transparency, []);
        png.CheckPalette();
        packed.Position = 0;
        return new PngFile(header!, palette, transparency, Unpack(packed, checked((png.Stride + 1) * png.Height)));
    }

    /// <summary>Written again with nothing but what shows.</summary>
    public Picture ToPicture()
    {
        using var result = new MemoryStream();
        result.Write(Signature);
        Write(result, "IHDR"u8, header);
        if (palette.Length > 0)
            Write(result, "PLTE"u8, palette);
        if (transparency is not null)
            Write(result, "tRNS"u8, transparency);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zip.Write(Rows);
        Write(result, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Write(result, "IEND"u8, []);
        return new Picture("image/png", Width, Height, result.ToArray());
    }

    private static ReadOnlySpan<byte> ChunkAt(ReadOnlySpan<byte> file, int position, out ReadOnlySpan<byte> type)
    {
        var rest = file[Math.Min(position, file.Length)..];
        if (rest.Length < 12)
            throw new PictureException(PictureFault.Truncated);
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        type = rest.Slice(4, 4);
        if (length > rest.Length - 12)
            throw new PictureException(PictureFault.Truncated);
        var checksum = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
        if (Crc32.Of(rest.Slice(4, 4 + (int)length)) != checksum)
            throw new PictureException(PictureFault.Damaged);
        return rest.Slice(8, (int)length);
    }

    private static byte[] HeaderOf(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != 13)
            throw new PictureException(PictureFault.Damaged);
        Picture.CheckSize(BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        var isKnown = ((PngColors)chunk[9], chunk[8]) switch
        {
            (PngColors.Gray, 1 or 2 or 4 or 8 or 16) or (PngColors.Palette, 1 or 2 or 4 or 8) => true,
            (PngColors.Color or PngColors.GrayAlpha or PngColors.ColorAlpha, 8 or 16) => true,
            _ => false,
        };
        if (!isKnown || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
            throw new PictureException(PictureFault.Damaged);
        if (chunk[12] == 1)
            throw new PictureException(PictureFault.Interlaced);
        return chunk.ToArray();
    }

    private void CheckPalette()
    {
        if (palette.Length % 3 != 0 || palette.Length > 768 || (Colors == PngColors.Palette && palette.Length == 0))
            throw new PictureException(PictureFault.Damaged);
        var fits = (Colors, transparency?.Length) switch
        {
            (_, null) => true,
            (PngColors.Gray, 2) or (PngColors.Color, 6) => true,
            (PngColors.Palette, { } length) => length <= palette.Length / 3,
            _ => false,
        };
        if (!fits)
            throw new PictureException(PictureFault.Damaged);
    }

    // Exactly as many bytes as the header announces: fewer is cut off, more is a bomb.
    private static byte[] Unpack(Stream packed, int length)
    {
        var rows = new byte[length];
        try
        {
            using var zip = new ZLibStream(packed, CompressionMode.Decompress);
            if (zip.ReadAtLeast(rows, length, throwOnEndOfStream: false) < length)
                throw new PictureException(PictureFault.Truncated);
            return zip.ReadByte() < 0 ? rows : throw new PictureException(PictureFault.Damaged);
        }
        catch (InvalidDataException)
        {
            throw new PictureException(PictureFault.Damaged);
        }
    }

    private static void Write(MemoryStream result, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        result.Write(number);
        var start = (int)result.Position;
        result.Write(type);
        result.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(result.GetBuffer().AsSpan(start, (int)result.Position - start)));
        result.Write(number);
    }
}

/// <summary>How a PNG says its colours.</summary>
internal enum PngColors : byte
{
    Gray = 0,
    Color = 2,
    Palette = 3,
    GrayAlpha = 4,
    ColorAlpha = 6,
}
