using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>One thing has one word (docs/glossary.md): a word that lost to another stands in no text and not in the handbook.</summary>
public sealed class TermTests
{
    private const string Dues = "Membership/(Members|Dues|Board)/";

    // Language, what lost, what is said instead, and where, if elsewhere the word means something else.
    private static readonly (string Language, string Lost, string Instead, string? Where)[] Terms =
    [
        ("de", @"\bZust[aä]nd(e|en|es|s)?\b", "Stand", null),
        ("de", @"\b(versendet|verschickt)\b", "versandt", null),
        ("de", @"\bgesandt\b", "gesendet", null),
        ("de", @"\bWert(e|en|es|s)?\b", "Zahl", Dues),
        ("de", @"\bStornierung", "Storno", null),
        ("de", @"\bTest-E-Mail", "Testmail", null),
        ("de", @"\bBitte\b[^.]* (schreiben|prüfen|wählen|eintragen)\.", "Schreiben Sie …, ohne „Bitte“", null),
        ("fr", @"\bpass(é(e|s|es)?|age) en pertes\b", "en perte", null),
        ("fr", @"\b([Ll]e|[Ll]eur) (chiffre|nombre)\b", "la valeur", "Membership/Dues/"),
        ("fr", @"\b[Ee]nvoyez (la liste|le fichier|ce fichier|celui-ci)\b", "téléversez", null),
        ("fr", @"\b[Aa]ffect(er|ée?s?)\b.*\b(champ|colonnes)\b|\b[Aa]ffecter\b.*\bcolonnes\b", "attribuer", null),
        ("fr", @"\bParamètres\b", "Réglages", null),
        ("fr", @"\bserveur d’envoi\b", "serveur de courrier sortant", null),
        ("en", @"\b[Ss]tatements? of account\b", "account statement", null),
        ("en", @"\b(by|per) mail\b", "by e-mail", null),
        ("en", @"^Look( at it)?$", "View", null),
        ("en", "“Sending”", "“Dispatch”", null),
        ("en", @"\b([Tt]hat|[Tt]his( file)?) is no (?!longer)", "is not a", null),
        ("en", @"\b(their|the) number (is|that the dues)\b|\bneeds a number\b|(Accept|Enter) the number\b", "value", "Membership/Dues/"),
        ("en", @"^Holds\b|\b[Ii]t holds\.|\bholds (from|until) \{", "applies", null),
        ("en", @"\bstands? (here|there|on|in)\b(?! for| the database)", "appear", null),
    ];

    [Theory]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("en")]
    public void one_thing_has_one_word(string language) =>
        (
            from resource in HouseTexts.Resources
            from text in HouseTexts.TextsOf(resource, language)
            from lost in Lost(text.Value, language, resource)
            select $"{Path.GetFileName(resource)} {text.Key} ({language}): {lost}"
        ).ShouldBeEmpty();

    [Fact]
    public void the_handbook_says_the_same_words() =>
        (
            from file in House.Files(Path.Combine("docs", "handbook"), ".md")
            from line in File.ReadAllLines(file)
            from lost in Lost(line, "de", file)
            select $"{Path.GetFileName(file)}: {lost} in „{line}“"
        ).ShouldBeEmpty();

    [Theory]
    [InlineData("de", "Zustand seit", "Zustand: Stand")]
    [InlineData("de", "Die Verschlüsselung kam nicht zustande.", "")]
    [InlineData("de", "noch nichts versendet", "versendet: versandt")]
    [InlineData("de", "Bitte in lateinischen Buchstaben schreiben.", "Bitte in lateinischen Buchstaben schreiben.: Schreiben Sie …, ohne „Bitte“")]
    [InlineData("fr", "Remis, passé en pertes", "passé en pertes: en perte")]
    [InlineData("en", "This is no amount.", "This is no : is not a")]
    [InlineData("en", "This is no longer needed.", "")]
    public void a_word_that_lost_is_found(string language, string text, string found) => Lost(text, language, "").FirstOrDefault("").ShouldBe(found);

    [Fact]
    public void a_word_may_have_lost_in_one_place_only()
    {
        Lost("Wert eintragen", "de", "src/Modules/Membership/Members/MembersTexts.resx").ShouldBe(["Wert: Zahl"]);
        Lost("ohne diesen Wert", "de", "src/Modules/Membership/Import/ImportTexts.resx").ShouldBeEmpty();
    }

    private static IEnumerable<string> Lost(string text, string language, string file) =>
        from term in Terms
        where term.Language == language && (term.Where is null || Regex.IsMatch(file.Replace('\\', '/'), term.Where))
        from Match match in Regex.Matches(text, term.Lost)
        select $"{match.Value}: {term.Instead}";
}
