using Association.Platform.Documents.Images;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf;

/// <summary>A picture as documents embed it, ready packed; one instance serves any number of documents. Thread-safe.</summary>
public sealed class PdfImage
{
    /// <summary>What it may add to every letter: 200 KB.</summary>
    public const int MostBytes = 200 * 1024;

    // More than 400 dpi at the largest size of a letterhead's logo.
    private const int MostWidth = 900;
    private const int MostHeight = 300;

    private PdfImage(int width, int height, string entries, ReadOnlyMemory<byte> data) => (Width, Height, Entries, Data) = (width, height, entries, data);

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>How many bytes it adds to a document.</summary>
    public int Size => Data.Length;

    internal string Entries { get; }

    internal ReadOnlyMemory<byte> Data { get; }

    /// <summary>A JPEG goes in as it is; a PNG as it looks on white paper, no finer than print shows.</summary>
    /// <exception cref="PictureException">A PNG whose pixels are damaged.</exception>
    public static PdfImage Of(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.MediaType == "image/jpeg")
            return new PdfImage(
                picture.Width,
                picture.Height,
                Dictionary(picture.Width, picture.Height, JpegFile.ComponentsOf(picture.Bytes.Span), "DCTDecode"),
                picture.Bytes
            );
        var (width, height, pixels) = PngPixels.OnWhite(PngFile.Read(picture.Bytes.Span), MostWidth, MostHeight);
        return new PdfImage(width, height, Dictionary(width, height, 3, "FlateDecode"), PdfFile.Compressed(pixels));
    }

    private static string Dictionary(int width, int height, int colors, string filter) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{(colors == 1 ? "DeviceGray" : "DeviceRGB")}/BitsPerComponent 8/Filter/{filter}"
        );
}
