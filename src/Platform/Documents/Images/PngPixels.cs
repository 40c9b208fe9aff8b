using System.Buffers.Binary;

namespace Association.Platform.Documents.Images;

/// <summary>Turns a PNG's rows into pixels as they look on white paper.</summary>
internal sealed class PngPixels
{
    private readonly PngFile png;

    private PngPixels(PngFile png) => this.png = png;

    /// <summary>Red, green and blue of each pixel, row by row, made smaller by a whole factor until it fits.</summary>
    /// <exception cref="PictureException">A row names a filter or a palette entry that does not exist.</exception>
    public static (int Width, int Height, byte[] Pixels) OnWhite(PngFile png, int mostWidth, int mostHeight)
    {
        var factor = Math.Max(1, Math.Max((png.Width + mostWidth - 1) / mostWidth, (png.Height + mostHeight - 1) / mostHeight));
        return new PngPixels(png).Read(factor);
    }

    // Each pixel of the result is the mean of a square; squares at the right and lower edge may be cut.
    private (int Width, int Height, byte[] Pixels) Read(int factor)
    {
        var (width, height) = ((png.Width + factor - 1) / factor, (png.Height + factor - 1) / factor);
        var result = new byte[width * height * 3];
        var sums = new int[width * 3];
        var (current, previous) = (new byte[png.Stride], new byte[png.Stride]);
        for (var y = 0; y < png.Height; y++)
        {
            var row = png.Rows.AsSpan(y * (png.Stride + 1), png.Stride + 1);
            row[1..].CopyTo(current);
            Unfilter(row[0], current, previous);
            for (var x = 0; x < png.Width; x++)
            {
                var (red, green, blue) = ColorAt(current, x);
                var place = x / factor * 3;
                (sums[place], sums[place + 1], sums[place + 2]) = (sums[place] + red, sums[place + 1] + green, sums[place + 2] + blue);
            }

            if ((y + 1) % factor == 0 || y + 1 == png.Height)
            {
                Average(sums, result.AsSpan(y / factor * width * 3, width * 3), factor, y % factor + 1);
                Array.Clear(sums);
            }

            (current, previous) = (previous, current);
        }

        return (width, height, result);
    }

    private void Average(int[] sums, Span<byte> row, int factor, int rows)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var columns = Math.Min(factor, png.Width - i / 3 * factor);
            row[i] = (byte)((sums[i] + columns * rows / 2) / (columns * rows));
        }
    }

    // ISO/IEC 15948, 9.2
    private void Unfilter(byte filter, byte[] row, byte[] above)
    {
        if (filter > 4)
            throw new PictureException(PictureFault.Damaged);
        var step = Math.Max(1, png.Channels * png.Depth / 8);
        for (var i = 0; filter != 0 && i < row.Length; i++)
        {
            var (left, up, corner) = (i >= step ? row[i - step] : 0, above[i], i >= step ? above[i - step] : 0);
            row[i] += (byte)(
                filter switch
                {
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Paeth(left, up, corner),
                }
            );
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left
            : b <= c ? up
            : corner;
    }

    private (byte Red, byte Green, byte Blue) ColorAt(byte[] row, int x)
    {
        var first = x * png.Channels;
        switch (png.Colors)
        {
            case PngColors.Palette:
                var entry = Sample(row, first);
                if (entry * 3 >= png.Palette.Length)
                    throw new PictureException(PictureFault.Damaged);
                var opacity = png.Transparency is { } t && entry < t.Length ? t[entry] : 255;
                return (OnWhite(png.Palette[entry * 3], opacity), OnWhite(png.Palette[entry * 3 + 1], opacity), OnWhite(png.Palette[entry * 3 + 2], opacity));
            case PngColors.Gray or PngColors.GrayAlpha:
                var gray = OnWhite(
                    Byte(row, first),
                    png.Colors == PngColors.GrayAlpha ? Byte(row, first + 1)
                        : IsTransparent(row, first) ? 0
                        : 255
                );
                return (gray, gray, gray);
            default:
                var alpha =
                    png.Colors == PngColors.ColorAlpha ? Byte(row, first + 3)
                    : IsTransparent(row, first) ? 0
                    : 255;
                return (OnWhite(Byte(row, first), alpha), OnWhite(Byte(row, first + 1), alpha), OnWhite(Byte(row, first + 2), alpha));
        }
    }

    private bool IsTransparent(byte[] row, int first)
    {
        if (png.Transparency is not { } color)
            return false;
        for (var i = 0; i < png.Channels; i++)
            if (Sample(row, first + i) != BinaryPrimitives.ReadUInt16BigEndian(color.AsSpan(i * 2)))
                return false;
        return true;
    }

    private int Sample(byte[] row, int index) =>
        png.Depth switch
        {
            8 => row[index],
            16 => BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(index * 2)),
            var bits => (row[index * bits / 8] >> (8 - bits - index * bits % 8)) & ((1 << bits) - 1),
        };

    private int Byte(byte[] row, int index) =>
        png.Depth switch
        {
            8 => row[index],
            16 => row[index * 2],
            var bits => Sample(row, index) * 255 / ((1 << bits) - 1),
        };

    private static byte OnWhite(int value, int opacity) => (byte)((value * opacity + 255 * (255 - opacity) + 127) / 255);
}
