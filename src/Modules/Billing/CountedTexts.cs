using System.Globalization;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing;

/// <summary>Texts with a number in them: one of a thing has a text of its own, under the key with <c>.One</c>.</summary>
internal static class CountedTexts
{
    /// <summary>„1 Rechnung“, „170 Rechnungen“; in French zero counts as singular.</summary>
    public static string Counted(this IStringLocalizer<BillingTexts> texts, string key, int count) =>
        texts[count == 1 || (count == 0 && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr") ? key + ".One" : key, Formats.Number(count)];
}
