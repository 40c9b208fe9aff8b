using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>Quotation marks, apostrophes and the French spaces before signs are the same in all texts.</summary>
public sealed partial class TypographyTests
{
    [Theory]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("en")]
    public void signs_are_those_of_the_language(string language) =>
        (
            from resource in HouseTexts.Resources
            from text in HouseTexts.TextsOf(resource, language)
            from fault in Faults(text.Value, language)
            select $"{Path.GetFileName(resource)} {text.Key} ({language}): {fault}"
        ).ShouldBeEmpty();

    [Theory]
    [InlineData("de", "Der \"Lauf\"", "\"Lauf\"")]
    [InlineData("de", "Die “Liste”", "“Liste”")]
    [InlineData("de", "um 10 % mehr", "0 %")]
    [InlineData("en", "member's", "r's")]
    [InlineData("en", "the „list“", "„list“")]
    [InlineData("fr", "l'avoir", "l'a")]
    [InlineData("fr", "Motif : {0}", " :")]
    [InlineData("fr", "la « liste »", "« ")]
    [InlineData("fr", "le “relevé”", "“relevé”")]
    [InlineData("fr", "Motif\u00a0: «\u00a0{0}\u00a0»\u00a0?", "")]
    [InlineData("de", "„{0}“ (10\u00a0%): {1:a|b}", "")]
    [InlineData("en", "“{0}” of the members’", "")]
    public void wrong_signs_are_found(string language, string text, string found) => Faults(text, language).FirstOrDefault("").ShouldBe(found);

    private static IEnumerable<string> Faults(string text, string language) =>
        (
            language switch
            {
                "de" => German().Matches(text),
                "fr" => French().Matches(text),
                _ => English().Matches(text),
            }
        ).Select(m => m.Value);

    [GeneratedRegex("\"[^\"]*\"|“[^”„]*”|«|»|[\\d}] %")]
    private static partial Regex German();

    [GeneratedRegex("\"[^\"]*\"|„[^“]*“|«|»|\\w'\\w")]
    private static partial Regex English();

    [GeneratedRegex("\"[^\"]*\"|„[^“]*“|“[^”]*”|\\w'\\w| [:;?!»](?!\\w)|« |[\\d}] [%€]")]
    private static partial Regex French();
}
