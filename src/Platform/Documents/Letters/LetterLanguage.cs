using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Letters;

/// <summary>Words, dates and amounts of a printed document in the member's language.</summary>
public sealed class LetterLanguage
{
    private static readonly ConcurrentDictionary<Type, ResourceManager> Sets = new();

    private readonly ResourceManager _texts;
    private readonly CultureInfo _culture;
    private readonly string _dateFormat;

    private LetterLanguage(Type texts, string code, string culture, string dateFormat) =>
        (_texts, Code, _culture, _dateFormat) = (
            Sets.GetOrAdd(texts, type => new ResourceManager(type)),
            code,
            CultureInfo.GetCultureInfo(culture),
            dateFormat
        );

    /// <summary><c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public string Code { get; }

    /// <summary>The language of a letter.</summary>
    /// <param name="code">Of the member.</param>
    /// <param name="texts">Marks the letter's texts.</param>
    public static LetterLanguage Of(string code, Type texts) =>
        code switch
        {
            "fr" => new LetterLanguage(texts, "fr", "fr-FR", "dd/MM/yyyy"),
            "en" => new LetterLanguage(texts, "en", "en-GB", "d MMM yyyy"), // 02/03/2027 would be read both ways
            _ => new LetterLanguage(texts, "de", "de-DE", "dd.MM.yyyy"),
        };

    /// <summary>The text of a key, filled in.</summary>
    public string this[string key, params object[] values] => string.Format(_culture, Raw(key), values);

    /// <summary>The text of a key as it stands, with braces of its own.</summary>
    public string Raw(string key) => _texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    /// <summary>A day, written so that nobody reads it the other way round.</summary>
    public string Date(DateOnly date) => date.ToString(_dateFormat, _culture);

    /// <summary>A year, or a count below a thousand.</summary>
    public string Number(int number) => number.ToString(_culture);

    /// <summary><c>4,9 %</c> of the ratio 0.0488.</summary>
    public string Percent(decimal ratio)
    {
        var digits = decimal.Round(ratio * 100, 1, MidpointRounding.AwayFromZero).ToString("0.#", _culture);
        return Code == "en" ? digits + "%" : digits + "\u00a0%";
    }

    /// <summary><c>1.234,56 €</c>, with a real minus and blanks that do not break.</summary>
    public string Amount(Money amount)
    {
        var digits = Math.Abs(amount.Amount).ToString("N2", _culture).Replace('\u202f', '\u00a0');
        return (amount < Money.Zero ? "\u2212" : "") + (Code == "en" ? "€" + digits : digits + "\u00a0€");
    }
}
