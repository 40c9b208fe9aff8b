using System.Text.RegularExpressions;

namespace Association.Architecture.Tests.Texts;

/// <summary>Reads from texts which of their numbers bring forms for one and for many, and which stand before a plural without any.</summary>
internal static partial class CountedTexts
{
    // German plurals end like this; what is the same for one and for many, and what only limits have, which are never one.
    private static readonly string[] German =
    [
        .. "Zeichen Stellen Ziffern Nachkommastellen Millionen Bestandteile Passkeys Treffer Guthaben Posten Fehler Einwohner Beschäftigte".Split(' '),
        .. "Sie Die Ihnen Ihren".Split(' '), // no nouns
    ];

    private static readonly string[] Verbs = ["changes"]; // that look like English plurals

    /// <summary>The numbers of a text that choose forms: 0 and 1 of <c>{0} {0:Beleg|Belege} in {1} {1:Umschlag|Umschlägen}</c>.</summary>
    public static IEnumerable<int> Formed(string text) =>
        Form().Matches(text).Select(m => int.Parse(m.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct();

    /// <summary>The nouns that stand behind a number with a form of their own: a text without the form is then known to lack it.</summary>
    public static IEnumerable<string> Plurals(string text, string language) =>
        from Match form in Form().Matches(text)
        where text[..form.Index].TrimEnd().EndsWith($"{{{form.Groups["n"].Value}}}", StringComparison.Ordinal)
        let many = FirstWord(form.Groups["many"].Value)
        where many.Length > 2 && many != FirstWord(form.Groups["one"].Value) && !Verbs.Contains(many)
        where language == "de" ? char.IsUpper(many[0]) : many.EndsWith('s') || many.EndsWith('x')
        select many;

    /// <summary>What a text has as „{0} Zeilen“ that should be „{0} {0:Zeile|Zeilen}“.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language"><c>de</c>, where every noun that looks like a plural counts, <c>fr</c> or <c>en</c>.</param>
    /// <param name="plurals">The known ones of the language.</param>
    public static IEnumerable<string> WithoutForm(string text, string language, IReadOnlySet<string> plurals) =>
        from Match number in Bare().Matches(text)
        let words = number.Groups["word"].Captures.Select(c => c.Value).ToList()
        from word in words.Take(words.Count > 1 && language == "de" && IsAdjective(words[0]) ? 2 : 1)
        where plurals.Contains(word) || (language == "de" && GermanPlural().IsMatch(word) && !German.Contains(word))
        select number.Value;

    private static bool IsAdjective(string word) =>
        char.IsLower(word[0]) && word.Length > 3 && (word.EndsWith('e') || word.EndsWith("en", StringComparison.Ordinal));

    private static string FirstWord(string text) =>
        text.Split([' ', '.', ',', '\u00a0'], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "";

    [GeneratedRegex(@"\{(?<n>\d+):(?<one>[^{}|]*)\|(?<many>[^{}|]*)\}")]
    private static partial Regex Form();

    [GeneratedRegex(@"\{\d+\}(?:[ \u00a0\u202f](?<word>[\p{L}-]+)){1,2}")]
    private static partial Regex Bare();

    [GeneratedRegex(@"^\p{Lu}[\p{L}-]*(?:e|en|er|n|s)$")]
    private static partial Regex GermanPlural();
}
