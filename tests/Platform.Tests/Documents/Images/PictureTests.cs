using System.IO.Compression;
using System.Text;
using Association.Platform.Documents.Images;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Images;

/// <summary>What is taken as a picture, and every kind of file that is not.</summary>
public sealed class PictureTests
{
    [Fact]
    public void a_png_is_taken_and_keeps_its_pixels()
    {
        var picture = Picture.Read(Pictures.Logo(60, 20));

        (picture.MediaType, picture.Width, picture.Height).ShouldBe(("image/png", 60, 20));
        PngFile.Read(picture.Bytes.Span).Rows.ShouldBe(PngFile.Read(Pictures.Logo(60, 20)).Rows);
        Picture.Read(picture.Bytes.Span).Bytes.ToArray().ShouldBe(picture.Bytes.ToArray(), "cleaning again changes nothing");
    }

    [Fact]
    public void a_jpeg_is_taken_baseline_or_progressive()
    {
        foreach (var file in new[] { Pictures.Jpeg, Pictures.ProgressiveJpeg })
        {
            var picture = Picture.Read(file);
            (picture.MediaType, picture.Width, picture.Height).ShouldBe(("image/jpeg", 24, 12));
            JpegFile.ComponentsOf(picture.Bytes.Span).ShouldBe(3);
        }
    }

    [Fact]
    public void what_a_file_says_beside_its_pixels_is_left_behind()
    {
        var png = Pictures.Logo(8, 8);
        byte[] chatty = [.. png[..33], .. Pictures.Chunk("tEXt", Encoding.ASCII.GetBytes("Author\0Nora Gross")), .. png[33..]];
        var jpeg = Pictures.Jpeg;
        byte[] commented = [0xFF, 0xD8, 0xFF, 0xFE, 0, 12, .. "<script>PK"u8, .. jpeg[2..]];

        Picture.Read(chatty).Bytes.Span.IndexOf("Nora"u8).ShouldBe(-1);
        Picture.Read(commented).Bytes.Span.IndexOf("<script>"u8).ShouldBe(-1);
        Picture.Read(commented).Bytes.ToArray().ShouldBe(Picture.Read(jpeg).Bytes.ToArray());
    }

    public static TheoryData<string, PictureFault> Bad =>
        new()
        {
            { "nothing", PictureFault.Empty },
            { "zip", PictureFault.Archive },
            { "pdf", PictureFault.Pdf },
            { "svg", PictureFault.Svg },
            { "gif", PictureFault.OtherPicture },
            { "text", PictureFault.NoPicture },
            { "two megabytes", PictureFault.TooManyBytes },
            { "50 megapixels", PictureFault.TooManyPixels },
            { "65535 wide", PictureFault.TooManyPixels },
            { "bomb", PictureFault.Damaged },
            { "half a png", PictureFault.Truncated },
            { "half the rows", PictureFault.Truncated },
            { "flipped bit", PictureFault.Damaged },
            { "png and zip", PictureFault.Trailing },
            { "jpeg and zip", PictureFault.Trailing },
            { "half a jpeg", PictureFault.Truncated },
            { "interlaced", PictureFault.Interlaced },
            { "press", PictureFault.UnusualJpeg },
            { "jpeg of 50 megapixels", PictureFault.TooManyPixels },
            { "no palette", PictureFault.Damaged },
            { "bad packing", PictureFault.Damaged },
            { "zero wide", PictureFault.Damaged },
            { "unknown part", PictureFault.Damaged },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void everything_else_is_refused_and_says_why(string file, PictureFault why) =>
        Should.Throw<PictureException>(() => Picture.Read(Make(file))).Fault.ShouldBe(why);

    [Fact]
    public void no_cut_of_a_good_file_gets_through_or_fails_otherwise()
    {
        foreach (var file in new[] { Pictures.Logo(40, 20), Pictures.Jpeg, Pictures.ProgressiveJpeg })
            for (var length = 0; length < file.Length; length++)
                Should.Throw<PictureException>(() => Picture.Read(file.AsSpan(0, length)), $"cut to {length}");
    }

    [Fact]
    public void a_mutated_file_is_a_picture_or_refused_and_nothing_else()
    {
        var random = new Random(4711);
        foreach (var file in new[] { Pictures.Logo(40, 20), Pictures.Jpeg, Pictures.ProgressiveJpeg })
            for (var round = 0; round < 2_000; round++)
            {
                var mutated = file.ToArray();
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                try
                {
                    Association.Platform.Documents.Pdf.PdfImage.Of(Picture.Read(mutated));
                }
                catch (PictureException) { }
            }
    }

    private static byte[] Make(string file)
    {
        var png = Pictures.Logo(40, 20);
        var jpeg = Pictures.Jpeg;
        return file switch
        {
            "nothing" => [],
            "zip" => Zip(),
            "pdf" => [.. "%PDF-1.7\n"u8],
            "svg" => [.. "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8],
            "gif" => [.. "GIF89a"u8, 1, 0],
            "text" => [.. "Das ist kein Bild."u8],
            "two megabytes" => [.. png, .. new byte[2 * 1024 * 1024]],
            "50 megapixels" => Pictures.Png(10_000, 5_000, 8, 6, png),
            "65535 wide" => Pictures.Png(65_535, 1, 8, 0, png),
            "bomb" => Pictures.Png(8, 8, 8, 0, Packed(new byte[50_000_000])),
            "half a png" => png[..(png.Length / 2)],
            "half the rows" => Pictures.Png(100, 100, 8, 0, Packed(new byte[5_000])),
            "flipped bit" => [.. png[..20], (byte)(png[20] ^ 1), .. png[21..]],
            "png and zip" => [.. png, .. Zip()],
            "jpeg and zip" => [.. jpeg, .. Zip()],
            "half a jpeg" => jpeg[..(jpeg.Length * 9 / 10)],
            "interlaced" => Pictures.Png(8, 8, 8, 0, 8, _ => new byte[8], interlace: 1),
            "press" => Pictures.PressJpeg,
            "jpeg of 50 megapixels" => WithSize(jpeg, 10_000, 5_000),
            "no palette" => Pictures.Png(8, 8, 8, 3, 8, _ => new byte[8]),
            "bad packing" => Pictures.Png(8, 8, 8, 0, [1, 2, 3, 4, 5, 6, 7, 8]),
            "zero wide" => Pictures.Png(0, 8, 8, 0, png),
            _ => [.. png[..33], .. Pictures.Chunk("XYZA", [1]), .. png[33..]],
        };
    }

    private static byte[] WithSize(byte[] jpeg, int width, int height)
    {
        var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        (jpeg[frame + 5], jpeg[frame + 6], jpeg[frame + 7], jpeg[frame + 8]) = ((byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
        return jpeg;
    }

    private static byte[] Packed(byte[] rows)
    {
        using var result = new MemoryStream();
        using (var zip = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(rows);
        return result.ToArray();
    }

    private static byte[] Zip()
    {
        using var result = new MemoryStream();
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("logo.png");
        return result.ToArray();
    }
}
