using System.Globalization;
using System.Resources;

namespace Association.Billing.Printing.Batches;

/// <summary>Words of a batch's files in the language of the person who made it; the work runs where there is no request.</summary>
internal sealed class PrintWords(string language)
{
    private static readonly ResourceManager Texts = new(typeof(PrintingTexts));

    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language is "fr" or "en" ? language : "de");

    public string ListName => this["File.List"];

    public string this[string key, params object[] values] => string.Format(_culture, Raw(key), values);

    /// <summary>The text as it stands, with braces of its own.</summary>
    public string Raw(string key) => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    public string Title(int number) => this["Batch.Title", number];

    public string FileName(int number) => this["File.Batch", number];
}
