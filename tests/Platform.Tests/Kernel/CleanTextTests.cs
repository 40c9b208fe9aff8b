using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Kernel;

public class CleanTextTests
{
    [Theory]
    [InlineData("Müller", "Müller")]
    [InlineData("Mül\u200bler", "Müller")] // zero width
    [InlineData("Mül\u00adler", "Müller")] // soft hyphen
    [InlineData("\u202eMüller\u202c", "Müller")] // direction
    [InlineData("\ufeffMüller", "Müller")]
    [InlineData("Mül\u0000\u0007\u009bler", "Müller")]
    [InlineData("Müller\r\nBcc: a@example.com", "Müller Bcc: a@example.com")]
    [InlineData("Müller\u2028Bcc", "Müller Bcc")]
    [InlineData("Müller\u0085Bcc", "Müller Bcc")]
    [InlineData("a\tb", "a b")]
    [InlineData("a😀b", "a😀b")]
    [InlineData("a\u00a0b", "a\u00a0b")] // a blank that is seen
    [InlineData("\ud83d\udc68\u200d\u2695", "\ud83d\udc68\u2695")]
    public void what_nobody_types_on_purpose_is_not_in_a_line(string typed, string line) => CleanText.Line(typed).ShouldBe(line);

    [Theory]
    [InlineData("Müller 😀\r\nGmbH\tKG", null)]
    [InlineData("Mül\u200bler\r\nGmbH", "Mül[U+200B]ler GmbH")]
    [InlineData("a\udb40\udc41b", "a[U+E0041]b")]
    public void what_a_text_lost_is_written_out(string typed, string? shown) => CleanText.LostFrom(typed).ShouldBe(shown);

    [Fact]
    public void half_a_character_is_none()
    {
        CleanText.Line("a\ud800b\udc00").ShouldBe("ab");
        CleanText.LostFrom("a\ud800b").ShouldBe("a[U+D800]b");
    }

    [Fact]
    public void lines_are_parted_in_one_way() => CleanText.Lines("a\r\nb\rc\u2029d\ne\u200b").ShouldBe("a\nb\nc\nd\ne");

    [Theory]
    [InlineData("Žižková – Łódź, Ærø", "")]
    [InlineData("Ελένη Παπαδοπούλου", "")]
    [InlineData("北京中医药大学", "北京中医药大学")]
    [InlineData("جامعة", "جامعة")]
    [InlineData("Müller\u200b 😀", "😀")]
    public void the_characters_that_no_letter_can_show_are_named(string name, string missing) =>
        string.Concat(PdfFont.CannotPrint(name).EnumerateRunes().Order().Select(r => r.ToString()))
            .ShouldBe(string.Concat(missing.EnumerateRunes().Distinct().Order().Select(r => r.ToString())));
}
