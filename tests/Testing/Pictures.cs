using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Association.Testing;

/// <summary>Small pictures, good and bad, to upload and to print.</summary>
public static class Pictures
{
    /// <summary>24 × 12 pixels in colour, baseline.</summary>
    public static byte[] Jpeg =>
        Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2"
                + "NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAMABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF"
                + "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmq"
                + "KjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC"
                + "AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqK"
                + "mqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDn66bwdqVpp/2z7XL5fmbNvyk5xuz0HvXM1Nb/AMVXUdotnXipONJtf1qei/8ACSaT/wA/"
                + "f/kN/wDCiuAorm9ozx/rEj//2Q=="
        );

    /// <summary>The same, progressive.</summary>
    public static byte[] ProgressiveJpeg =>
        Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2"
                + "NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wgARCAAMABgDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAABQACBv/EABYBAQEBAAAAAAAAAAAAAAAAAAMB"
                + "BP/aAAwDAQACEAMQAAABPTM3V6KAjx//xAAZEAACAwEAAAAAAAAAAAAAAAAAAwIEEBT/2gAIAQEAAQUCKbIrOlWRz//EABkRAAIDAQAAAAAAAAAAAAAAAAABAgMRE//aAAgBAwEBPwG15E6M/8QAFx"
                + "EBAAMAAAAAAAAAAAAAAAAAAAISMf/aAAgBAgEBPwGWLP/EABsQAAIBBQAAAAAAAAAAAAAAAAARAQISIDKh/9oACAEBAAY/Aiu6UzbmH//EABwQAAIABwAAAAAAAAAAAAAAAAAQAREhQVFx8P/aAAgB"
                + "AQABPyEwyJU2c4lcv//aAAwDAQACAAMAAAAQDx//xAAXEQEAAwAAAAAAAAAAAAAAAAABECHw/9oACAEDAQE/EEVNcH//xAAWEQEBAQAAAAAAAAAAAAAAAAABABH/2gAIAQIBAT8QWJtX/8QAHRAAAQ"
                + "IHAAAAAAAAAAAAAAAAAAERICExYYHR8P/aAAgBAQABPxAzTIrtNRLnHTAf/9k="
        );

    /// <summary>In the four colours of a printing press.</summary>
    public static byte[] PressJpeg =>
        Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQEASABIAAD/7gAOQWRvYmUAZAAAAAAC/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/9sAQwEREh"
                + "IYFRgvGhovY0I4QmNjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj/8AAFAgADAAYBAEiAAIRAQMRAQQiAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYH"
                + "CAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eH"
                + "l6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/EAB8BAAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKC//EALUR"
                + "AAIBAgQEAwQHBQQEAAECdwABAgMRBAUhMQYSQVEHYXETIjKBCBRCkaGxwQkjM1LwFWJy0QoWJDThJfEXGBkaJicoKSo1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoKDhIWGh4"
                + "iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uLj5OXm5+jp6vLz9PX29/j5+v/aAA4EAQACEQMRBAAAPwDnKp6hG8nl7BnGf6VcqKb+Gopq8rHJhYqVVJ/1oMrZ"
                + "8PX1vZ/aPtEmzft2/KTnGfT61jUq1mfZ5f7n6iir1FdPs0ex9Xidl/benf8APx/443+FFcdRX//Z"
        );

    /// <summary>A logo: two touching discs on a transparent ground.</summary>
    public static byte[] Logo(int width = 360, int height = 120) =>
        Png(
            width,
            height,
            8,
            6,
            width * 4,
            row =>
            {
                var line = new byte[width * 4];
                for (var x = 0; x < width; x++)
                {
                    var second = x >= height;
                    var (dx, dy) = (x - (second ? height * 3 / 2 : height / 2), row - height / 2);
                    if (dx * dx + dy * dy < height * height / 5)
                        (second ? (ReadOnlySpan<byte>)[0x1b, 0x67, 0x3d, 255] : [0x7b, 0x1f, 0x57, 255]).CopyTo(line.AsSpan(x * 4));
                }
                return line;
            }
        );

    /// <summary>A PNG of any kind; each row is given without its filter's number.</summary>
    public static byte[] Png(
        int width,
        int height,
        byte depth,
        byte colors,
        int stride,
        Func<int, byte[]> row,
        byte[]? palette = null,
        byte[]? transparency = null,
        byte filter = 0,
        byte interlace = 0
    )
    {
        using var rows = new MemoryStream();
        using (var zip = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zip.WriteByte(filter);
                zip.Write(row(y).AsSpan(0, stride));
            }
        return Png(width, height, depth, colors, rows.ToArray(), palette, transparency, interlace);
    }

    /// <summary>A PNG with packed rows as they are, whatever its header announces.</summary>
    public static byte[] Png(
        int width,
        int height,
        byte depth,
        byte colors,
        byte[] packed,
        byte[]? palette = null,
        byte[]? transparency = null,
        byte interlace = 0
    )
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colors, interlace);
        return
        [
            0x89,
            (byte)'P',
            (byte)'N',
            (byte)'G',
            13,
            10,
            26,
            10,
            .. Chunk("IHDR", header),
            .. palette is null ? [] : Chunk("PLTE", palette),
            .. transparency is null ? [] : Chunk("tRNS", transparency),
            .. Chunk("IDAT", packed),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>A chunk with its checksum.</summary>
    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var result = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(result, data.Length);
        named.CopyTo(result, 4);
        BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(named.Length + 4), Checksum(named));
        return result;
    }

    // Bit by bit, as the standard defines it: unlike the product's own.
    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
        {
            sum ^= b;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }
        return ~sum;
    }
}
