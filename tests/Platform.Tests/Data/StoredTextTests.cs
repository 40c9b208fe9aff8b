using System.Globalization;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Sentences are stored as what happened, and said in the reader's language.</summary>
public sealed class StoredTextTests
{
    [Fact]
    public void days_numbers_counts_and_sentences_come_back_as_what_they_are()
    {
        var inner = new StoredText("Some.Module", "Some.Texts", "Inner", "Übung „A“");
        var stored = new StoredText(
            "Some.Module",
            "Some.Texts",
            "Outer",
            StoredText.Value("Saar"),
            StoredText.Value(new DateOnly(2026, 11, 21)),
            StoredText.Value(1234.5m),
            StoredText.Value(new Count(1)),
            StoredText.Value(inner)
        ).ToString();

        StoredText.Parse(stored)!.Read(Say).ShouldBe("Outer: Saar, 21.11.2026, 1.234,50, Zeile, Inner: Übung „A“");
    }

    [Theory]
    [InlineData("{\"Module\":\"x\",\"Texts\":\"y\",\"Key\":\"z\",\"Values\":[]}")]
    [InlineData("{0}")]
    public void what_a_cell_says_is_never_taken_for_a_text(string cell) =>
        StoredText.Parse(new StoredText("Some.Module", "Some.Texts", "Name", StoredText.Value(cell)).ToString())!.Read(Say).ShouldBe("Name: " + cell);

    [Fact]
    public void half_sentences_become_one() =>
        StoredText
            .Parse(StoredText.Several(new("M", "T", "who"), StoredText.OneSentence([new("M", "T", "same name"), new("M", "T", "same street")])).ToString())!
            .Read((text, _) => text.Key)
            .ShouldBe("who Same name, same street.");

    [Theory]
    [InlineData("Beitrag ermäßigt lt. Vorstand")]
    [InlineData("{ no json")]
    [InlineData("{\"a\":1}")]
    public void a_sentence_of_an_earlier_release_is_no_stored_text(string sentence) => StoredText.Parse(sentence).ShouldBeNull();

    private static string Say(StoredText text, object[] values) =>
        $"{text.Key}: "
        + string.Join(
            ", ",
            values.Select(
                (v, n) =>
                    v switch
                    {
                        decimal => string.Format(CultureInfo.GetCultureInfo("de-DE"), "{0:N2}", v),
                        Count => string.Format(CultureInfo.GetCultureInfo("de-DE"), "{0:Zeile|Zeilen}", v),
                        _ => string.Format(CultureInfo.GetCultureInfo("de-DE"), "{0}", v),
                    }
            )
        );
}
