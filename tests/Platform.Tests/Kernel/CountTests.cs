using System.Globalization;
using System.Text;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Kernel;

/// <summary>Numbers choose the forms of the nouns that stand beside them.</summary>
public sealed class CountTests
{
    private static readonly CompositeFormat German = CompositeFormat.Parse("{0} {0:Beleg|Belege} in {1} {1:Umschlag|Umschlägen}");
    private static readonly CompositeFormat French = CompositeFormat.Parse("{0} {0:facture|factures} dans {1} {1:enveloppe|enveloppes}");

    [Theory]
    [InlineData(1, 1, "1 Beleg in 1 Umschlag")]
    [InlineData(9, 1, "9 Belege in 1 Umschlag")]
    [InlineData(9, 9, "9 Belege in 9 Umschlägen")]
    [InlineData(0, 1234, "0 Belege in 1.234 Umschlägen")]
    [InlineData(-1, -2, "-1 Beleg in -2 Umschlägen")]
    public void each_number_of_a_sentence_chooses_its_own_form(long documents, long envelopes, string sentence) =>
        string.Format(CultureInfo.GetCultureInfo("de-DE"), German, new Count(documents), new Count(envelopes)).ShouldBe(sentence);

    [Theory]
    [InlineData("fr-FR", 0, "0 facture dans 0 enveloppe")]
    [InlineData("fr-FR", 2, "2 factures dans 2 enveloppes")]
    [InlineData("fr-LU", 0, "0 facture dans 0 enveloppe")]
    public void in_french_zero_counts_as_one(string culture, long number, string sentence) =>
        string.Format(CultureInfo.GetCultureInfo(culture), French, new Count(number), new Count(number)).ShouldBe(sentence);

    [Fact]
    public void a_letter_speaks_its_own_language_whatever_the_thread_speaks()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
            string.Format(CultureInfo.GetCultureInfo("fr-FR"), "{0:facture|factures}", new Count(0)).ShouldBe("facture");
            string.Format(CultureInfo.GetCultureInfo("de-DE"), "{0}", new Count(12_345)).ShouldBe("12.345");
            new Count(12_345).ToString().ShouldBe("12,345");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("Belege")]
    [InlineData("ein|zwei|viele")]
    public void a_text_without_two_forms_is_refused(string forms) =>
        Should.Throw<FormatException>(() => new Count(2).ToString(forms, null)).Message.ShouldContain(forms);
}
