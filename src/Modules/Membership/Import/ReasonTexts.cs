using System.Globalization;
using System.Resources;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import;

/// <summary>Says reasons in words.</summary>
internal static class ReasonTexts
{
    /// <summary>The language in which the office's own records are kept.</summary>
    public static readonly CultureInfo Records = CultureInfo.GetCultureInfo("de-DE");

    private static readonly ResourceManager Texts = new(typeof(ImportTexts));

    /// <summary>One or two sentences in the reader's language.</summary>
    public static string Say(this Reason reason, CultureInfo? culture = null)
    {
        var language = culture ?? CultureInfo.CurrentUICulture;
        var text = Texts.GetString("Reason." + reason.Key, language) ?? throw new InvalidOperationException($"There is no text 'Reason.{reason.Key}'.");
        return reason.Args.Length == 0 ? text : string.Format(Formats(language), text, reason.Args);
    }

    /// <summary>Several reasons as one sentence: „Gleicher Name, gleiche Anschrift, gleiche IBAN.“</summary>
    public static string Say(this IReadOnlyList<Reason> reasons, CultureInfo? culture = null)
    {
        var joined = string.Join(", ", reasons.Select(r => r.Say(culture)));
        return joined.Length == 0 ? "" : char.ToUpper(joined[0], CultureInfo.InvariantCulture) + joined[1..] + ".";
    }

    // Without a region (and on a command line without any culture) dates and numbers are written as in Germany.
    private static CultureInfo Formats(CultureInfo language) =>
        language.TwoLetterISOLanguageName switch
        {
            "fr" => CultureInfo.GetCultureInfo("fr-FR"),
            "en" => CultureInfo.GetCultureInfo("en-GB"),
            _ => Records,
        };
}
