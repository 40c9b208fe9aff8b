using Association.Office.People.SignIn;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.People;

/// <summary>What is tried first is no password; a short sentence is one.</summary>
public sealed class CommonPasswordTests
{
    [Theory]
    [InlineData("passwort1234")]
    [InlineData("P4ssw0rt!2026")]
    [InlineData("Hallo-Passwort!")]
    [InlineData("123456789012")]
    [InlineData("111111111111")]
    [InlineData("qwertzuiop123")]
    [InlineData("1qay2wsx3edc")]
    [InlineData("abcdefghijkl")]
    [InlineData("abcabcabcabc")]
    [InlineData("lassmichrein!")]
    [InlineData("Sommer2026!!")]
    [InlineData("Vorstand2026")]
    [InlineData("iloveyou12345")]
    [InlineData("demo-office-2026")]
    [InlineData("anna.doerr-1968")]
    [InlineData("Doerr12345678")]
    public void what_is_guessed_early_is_refused(string password) => CommonPasswords.IsCommon(password, "anna.doerr", "Anna Doerr").ShouldBeTrue();

    [Theory]
    [InlineData("ein kurzer satz")]
    [InlineData("Kartoffelsuppe mit Speck")]
    [InlineData("das ist satz nummer 3")]
    [InlineData("ein langer Satz aus Worten")]
    [InlineData("correct horse battery staple")]
    [InlineData("Zwölf Möwen über Borkum")]
    [InlineData("kX7!pQ2v-mR9z")]
    [InlineData("Mein Passwort steht im Kochbuch")]
    public void a_short_sentence_or_a_random_one_passes(string password) => CommonPasswords.IsCommon(password, "anna.doerr", "Anna Doerr").ShouldBeFalse();
}
