using System.Buffers.Binary;

namespace Association.Platform.Documents.Images;

/// <summary>Walks through a JPEG's segments (ITU-T T.81, annex B) and keeps those that a decoder needs; the pixels stay packed.</summary>
internal static class JpegFile
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Adobe = 0xEE;

    public static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    /// <exception cref="PictureException">It is cut off, damaged, too large, of an unusual kind, or goes on behind its end.</exception>
    public static Picture Read(ReadOnlySpan<byte> file)
    {
        var kept = new List<byte>(file.Length) { 0xFF, 0xD8 };
        (int Width, int Height)? size = null;
        var hasScan = false;
        for (var position = 2; ; )
        {
            var marker = MarkerAt(file, ref position);
            if (marker == EndOfImage)
            {
                if (!hasScan)
                    throw new PictureException(PictureFault.Damaged);
                if (position != file.Length)
                    throw new PictureException(PictureFault.Trailing);
                break;
            }

            var segment = SegmentAt(file, position);
            var end = position + segment.Length;
            if (IsFrame(marker))
            {
                if (size is not null)
                    throw new PictureException(PictureFault.Damaged);
                size = SizeOf(marker, segment);
            }
            else if (marker == StartOfScan)
            {
                if (size is null)
                    throw new PictureException(PictureFault.Damaged);
                hasScan = true;
                end = EndOfScan(file, end);
            }

            if (IsNeeded(marker, segment))
                kept.AddRange([0xFF, marker, .. file[position..end]]);
            position = end;
        }

        kept.AddRange([0xFF, EndOfImage]);
        return new Picture("image/jpeg", size!.Value.Width, size.Value.Height, [.. kept]);
    }

    /// <summary>How many colours a cleaned file has: 1 or 3.</summary>
    public static int ComponentsOf(ReadOnlySpan<byte> cleaned)
    {
        for (var position = 2; ; )
        {
            var marker = MarkerAt(cleaned, ref position);
            var segment = SegmentAt(cleaned, position);
            if (IsFrame(marker))
                return segment[7];
            position += segment.Length;
        }
    }

    private static byte MarkerAt(ReadOnlySpan<byte> file, ref int position)
    {
        if (position >= file.Length)
            throw new PictureException(PictureFault.Truncated);
        if (file[position] != 0xFF)
            throw new PictureException(PictureFault.Damaged);
        while (position < file.Length && file[position] == 0xFF)
            position++; // any number of fill bytes
        if (position >= file.Length)
            throw new PictureException(PictureFault.Truncated);
        var marker = file[position++];
        return marker is 0x00 or 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7) ? throw new PictureException(PictureFault.Damaged) : marker;
    }

    // With its length in front.
    private static ReadOnlySpan<byte> SegmentAt(ReadOnlySpan<byte> file, int position)
    {
        if (position + 2 > file.Length)
            throw new PictureException(PictureFault.Truncated);
        var length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < 2)
            throw new PictureException(PictureFault.Damaged);
        return position + length <= file.Length ? file.Slice(position, length) : throw new PictureException(PictureFault.Truncated);
    }

    private static (int Width, int Height) SizeOf(byte marker, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 8 || frame.Length != 8 + frame[7] * 3)
            throw new PictureException(PictureFault.Damaged);
        if (marker > 0xC2 || frame[2] != 8 || frame[7] is not (1 or 3))
            throw new PictureException(PictureFault.UnusualJpeg);
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[5..]));
        Picture.CheckSize(width, height);
        return (width, height);
    }

    // In packed data 0xFF stands only before 0x00 (a stuffed byte) or a restart marker; anything else ends the scan.
    private static int EndOfScan(ReadOnlySpan<byte> file, int position)
    {
        while (true)
        {
            var found = file[position..].IndexOf((byte)0xFF);
            if (found < 0 || position + found + 1 >= file.Length)
                throw new PictureException(PictureFault.Truncated);
            position += found;
            if (file[position + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
                return position;
            position += 2;
        }
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // Tables, frame, scans; and Adobe's note, which says how the colours are meant. Comments, camera data and thumbnails stay behind.
    private static bool IsNeeded(byte marker, ReadOnlySpan<byte> segment) =>
        marker is < 0xE0 or >= 0xF0 and not 0xFE || (marker == Adobe && segment.Length == 14 && segment[2..].StartsWith("Adobe"u8));
}
