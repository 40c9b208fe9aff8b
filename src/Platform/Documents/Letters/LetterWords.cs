using System.Globalization;
using System.Resources;

namespace Association.Platform.Documents.Letters;

/// <summary>The few words that a letter sets by itself, in the letter's language whatever the request's language is.</summary>
internal sealed class LetterWords(string language)
{
    private static readonly ResourceManager Texts = new(typeof(DocumentsTexts));

    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language is "fr" or "en" ? language : "de");

    public string Contact => this["Letter.Contact"];

    public string Bank => this["Letter.Bank"];

    public string CreditorId => this["Letter.CreditorId"];

    public string Register => this["Letter.Register"];

    public string TaxNumber => this["Letter.TaxNumber"];

    public string Page(int page, int of) => string.Format(culture, this["Letter.Page"], page, of);

    private string this[string key] => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);
}
