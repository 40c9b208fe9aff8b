using System.Globalization;
using Association.Platform.Data.Kernel;

namespace Association.Events.Planning.Model;

/// <summary>A text of an event in three languages. German is there first; what is missing in another language is shown in German.</summary>
/// <param name="De">German.</param>
/// <param name="Fr">French; may be empty.</param>
/// <param name="En">English; may be empty.</param>
internal sealed record Words(string De = "", string Fr = "", string En = "")
{
    /// <summary>The languages of the public pages.</summary>
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "en"];

    /// <summary>Nothing in any language.</summary>
    public static readonly Words None = new();

    /// <summary>The language of the reader: <c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public static string Reader => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>In this language, or in German.</summary>
    public string In(string language) => Own(language) is { Length: > 0 } own ? own : De;

    /// <summary>The language that <see cref="In"/> answers in.</summary>
    public string LanguageOf(string language) => Own(language).Length > 0 ? language : "de";

    /// <summary>Whether it was written in this language, or in none.</summary>
    public bool IsIn(string language) => De.Length == 0 || Own(language).Length > 0;

    /// <summary>One line each, without what nobody sees.</summary>
    public Words Line() => new(Tidy(De), Tidy(Fr), Tidy(En));

    /// <summary>Several lines each, without what nobody sees.</summary>
    public Words Lines() => new(CleanText.Lines(De).Trim(), CleanText.Lines(Fr).Trim(), CleanText.Lines(En).Trim());

    private string Own(string language) =>
        language switch
        {
            "fr" => Fr,
            "en" => En,
            _ => De,
        };

    private static string Tidy(string text) => CleanText.Line(text).Trim();
}
