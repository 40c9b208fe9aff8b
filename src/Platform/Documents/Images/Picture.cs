namespace Association.Platform.Documents.Images;

/// <summary>
/// A PNG or JPEG that was taken to pieces and put together again: nothing of the file is left but what is needed to show it. No metadata,
/// nothing before, between or behind, so a file that is two things at once does not get through.
/// </summary>
public sealed class Picture
{
    /// <summary>The largest file: 1 MB.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The longest side, in pixels.</summary>
    public const int MostSide = 4000;

    /// <summary>The most pixels.</summary>
    public const int MostPixels = 4_000_000;

    internal Picture(string mediaType, int width, int height, byte[] bytes) => (MediaType, Width, Height, Bytes) = (mediaType, width, height, bytes);

    /// <summary><c>image/png</c> or <c>image/jpeg</c>, as the content says.</summary>
    public string MediaType { get; }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>The cleaned file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads a file that somebody uploaded. Its size in pixels is checked before anything is unpacked.</summary>
    /// <exception cref="PictureException">It is no picture of these kinds, damaged, cut off, too large, or has something behind its end.</exception>
    public static Picture Read(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            throw new PictureException(PictureFault.Empty);
        if (file.Length > MostBytes)
            throw new PictureException(PictureFault.TooManyBytes);
        if (file.StartsWith(PngFile.Signature))
            return PngFile.Read(file).ToPicture();
        if (file.StartsWith(JpegFile.Start))
            return JpegFile.Read(file);
        throw new PictureException(KindOf(file));
    }

    /// <summary>Refuses a size that nobody needs on a letterhead.</summary>
    internal static void CheckSize(long width, long height)
    {
        if (width is 0 || height is 0)
            throw new PictureException(PictureFault.Damaged);
        if (width > MostSide || height > MostSide || width * height > MostPixels)
            throw new PictureException(PictureFault.TooManyPixels) { Width = width, Height = height };
    }

    private static PictureFault KindOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("PK"u8))
            return PictureFault.Archive;
        if (file.StartsWith("%PDF"u8))
            return PictureFault.Pdf;
        if (file.StartsWith("GIF8"u8) || file.StartsWith("BM"u8) || (file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8)))
            return PictureFault.OtherPicture;
        return file[..Math.Min(file.Length, 1024)].IndexOf("<svg"u8) >= 0 ? PictureFault.Svg : PictureFault.NoPicture;
    }
}

/// <summary>Why a file is not taken as a picture.</summary>
public enum PictureFault
{
    /// <summary>It has no content.</summary>
    Empty,

    /// <summary>More than <see cref="Picture.MostBytes"/>.</summary>
    TooManyBytes,

    /// <summary>Its header announces more than <see cref="Picture.MostPixels"/> or a side beyond <see cref="Picture.MostSide"/>.</summary>
    TooManyPixels,

    /// <summary>A ZIP, or what is made of one: DOCX, XLSX.</summary>
    Archive,

    /// <summary>A PDF.</summary>
    Pdf,

    /// <summary>A drawing that can carry a program.</summary>
    Svg,

    /// <summary>GIF, BMP or WebP.</summary>
    OtherPicture,

    /// <summary>None of these.</summary>
    NoPicture,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>Its parts do not fit together.</summary>
    Damaged,

    /// <summary>Something follows its end.</summary>
    Trailing,

    /// <summary>An interlaced PNG.</summary>
    Interlaced,

    /// <summary>A JPEG for print (CMYK), with 12 bits a colour, or without loss.</summary>
    UnusualJpeg,
}

/// <summary>A file is not taken as a picture.</summary>
public sealed class PictureException(PictureFault fault) : Exception($"Not a picture that can be used: {fault}.")
{
    /// <summary>Why.</summary>
    public PictureFault Fault { get; } = fault;

    /// <summary>Pixels, when the size is the reason.</summary>
    public long Width { get; init; }

    /// <summary>Pixels, when the size is the reason.</summary>
    public long Height { get; init; }
}
