using Association.Platform.Documents.Images;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Images;

/// <summary>Every kind of PNG becomes the pixels that its bytes mean.</summary>
public sealed class PngPixelTests
{
    [Fact]
    public void colours_of_every_depth_are_read()
    {
        Pixels(Pictures.Png(2, 1, 8, 2, 6, _ => [1, 2, 3, 250, 251, 252])).ShouldBe([1, 2, 3, 250, 251, 252]);
        Pixels(Pictures.Png(1, 1, 16, 2, 6, _ => [10, 99, 20, 99, 30, 99])).ShouldBe([10, 20, 30], "the finer half of a colour is left out");
        Pixels(Pictures.Png(2, 1, 8, 0, 2, _ => [0, 128])).ShouldBe([0, 0, 0, 128, 128, 128]);
        Pixels(Pictures.Png(3, 1, 1, 0, 1, _ => [0b1010_0000])).ShouldBe([255, 255, 255, 0, 0, 0, 255, 255, 255]);
        Pixels(Pictures.Png(2, 1, 4, 0, 1, _ => [0xF3])).ShouldBe([255, 255, 255, 51, 51, 51]);
        Pixels(Pictures.Png(4, 1, 2, 3, 1, _ => [0b00_01_00_01], palette: [9, 8, 7, 6, 5, 4])).ShouldBe([9, 8, 7, 6, 5, 4, 9, 8, 7, 6, 5, 4]);
    }

    [Fact]
    public void what_is_transparent_is_white_on_paper()
    {
        Pixels(Pictures.Png(3, 1, 8, 6, 12, _ => [0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 128])).ShouldBe([255, 255, 255, 0, 0, 0, 127, 127, 127]);
        Pixels(Pictures.Png(1, 1, 8, 4, 2, _ => [0, 0])).ShouldBe([255, 255, 255]);
        Pixels(Pictures.Png(2, 1, 8, 0, 2, _ => [7, 8], transparency: [0, 7])).ShouldBe([255, 255, 255, 8, 8, 8]);
        Pixels(Pictures.Png(2, 1, 8, 3, 2, _ => [0, 1], palette: [1, 1, 1, 2, 2, 2], transparency: [0])).ShouldBe([255, 255, 255, 2, 2, 2]);
    }

    [Fact]
    public void a_palette_entry_that_does_not_exist_is_refused() =>
        Should.Throw<PictureException>(() => Pixels(Pictures.Png(1, 1, 8, 3, 1, _ => [9], palette: [1, 1, 1]))).Fault.ShouldBe(PictureFault.Damaged);

    [Theory]
    [InlineData(1, new byte[] { 10, 20, 5, 5 }, new byte[] { 10, 30, 5, 10 })]
    [InlineData(2, new byte[] { 10, 20, 5, 5 }, new byte[] { 10, 20, 15, 25 })]
    [InlineData(3, new byte[] { 10, 20, 5, 5 }, new byte[] { 10, 25, 10, 22 })]
    [InlineData(4, new byte[] { 10, 20, 5, 5 }, new byte[] { 10, 30, 15, 35 })]
    public void filters_are_undone(byte filter, byte[] filtered, byte[] meant) =>
        Pixels(Pictures.Png(2, 2, 8, 0, 2, y => filtered[(y * 2)..(y * 2 + 2)], filter: filter)).ShouldBe([.. meant.SelectMany(v => new[] { v, v, v })]);

    [Fact]
    public void a_large_one_is_made_smaller_by_the_mean_of_its_squares()
    {
        var (width, height, pixels) = PngPixels.OnWhite(PngFile.Read(Pictures.Png(3, 2, 8, 0, 3, y => y == 0 ? [0, 100, 7] : [100, 200, 9])), 2, 2);

        (width, height).ShouldBe((2, 1));
        pixels.ShouldBe([100, 100, 100, 8, 8, 8]);
    }

    private static byte[] Pixels(byte[] png) => PngPixels.OnWhite(PngFile.Read(png), 100, 100).Pixels;
}
