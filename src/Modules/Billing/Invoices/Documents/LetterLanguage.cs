using System.Globalization;
using System.Resources;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Invoices.Documents;

/// <summary>Words, dates and amounts of a printed document in the member's language.</summary>
internal sealed class LetterLanguage
{
    private static readonly ResourceManager Texts = new(typeof(InvoiceLetterTexts));

    private readonly CultureInfo _culture;
    private readonly string _dateFormat;

    private LetterLanguage(string code, string culture, string dateFormat) => (Code, _culture, _dateFormat) = (code, CultureInfo.GetCultureInfo(culture), dateFormat);

    /// <summary><c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public string Code { get; }

    public static LetterLanguage Of(string code) => code switch
    {
        "fr" => new LetterLanguage("fr", "fr-FR", "dd/MM/yyyy"),
        "en" => new LetterLanguage("en", "en-GB", "d MMM yyyy"), // 02/03/2027 would be read both ways
        _ => new LetterLanguage("de", "de-DE", "dd.MM.yyyy"),
    };

    /// <summary>The text of a key, filled in.</summary>
    public string this[string key, params object[] values] =>
        string.Format(_culture, Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key), values);

    public string Date(DateOnly date) => date.ToString(_dateFormat, _culture);

    /// <summary><c>1.234,56 €</c>, with a real minus and blanks that do not break.</summary>
    public string Amount(Money amount)
    {
        var digits = Math.Abs(amount.Amount).ToString("N2", _culture).Replace('\u202f', '\u00a0');
        return (amount < Money.Zero ? "\u2212" : "") + (Code == "en" ? "€" + digits : digits + "\u00a0€");
    }
}
