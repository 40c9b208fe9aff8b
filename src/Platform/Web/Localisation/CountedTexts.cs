using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Localisation;

/// <summary>Texts with a number in them: one of a thing has a text of its own, under the key with <c>.One</c>.</summary>
public static class CountedTexts
{
    /// <summary>„1 Rechnung“, „170 Rechnungen“; in French zero counts as singular.</summary>
    /// <param name="texts">Where the texts are.</param>
    /// <param name="key">Of the text for many.</param>
    /// <param name="count">Stands at {0}.</param>
    /// <param name="more">Stands at {1} and on.</param>
    public static string Counted(this IStringLocalizer texts, string key, long count, params object[] more) =>
        texts[
            count == 1 || (count == 0 && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr") ? key + ".One" : key,
            [Formats.Number(count), .. more]
        ];
}
