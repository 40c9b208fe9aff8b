using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Data;

/// <summary>A sentence as it is stored: the key of a text with its values, so that everybody reads it in her own language.</summary>
/// <param name="Module">The assembly that has the texts; empty for a value that is no text of its own, whose kind <paramref name="Texts"/> then names.</param>
/// <param name="Texts">Full name of their marker class.</param>
/// <param name="Key">Key in the texts.</param>
/// <param name="Values">What stands in their places: words as they are, anything else as <see cref="Value"/> writes it.</param>
public sealed record StoredText(string Module, string Texts, string Key, params string[] Values)
{
    private const string Day = "day";
    private const string Number = "number";
    private const string Counted = "count";
    private const string Words = "words";
    private const string Sentence = "sentence";

    // Umlauts and quotes as they are: a stored text lies in a column of the database, never in a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text of the module to which this marker class belongs.</summary>
    public static StoredText Of<TTexts>(string key, params string[] values) =>
        new(typeof(TTexts).Assembly.GetName().Name!, typeof(TTexts).FullName!, key, values);

    /// <summary>A value for a text: days, numbers, counts and texts are said in the reader's language, too.</summary>
    public static string Value(object value) =>
        value switch
        {
            string words => words.StartsWith('{') ? new StoredText("", Words, words).ToString() : words,
            StoredText text => text.ToString(),
            DateOnly day => new StoredText("", Day, day.ToString("O", CultureInfo.InvariantCulture)).ToString(),
            Count count => new StoredText("", Counted, count.Number.ToString(CultureInfo.InvariantCulture)).ToString(),
            IFormattable number => new StoredText("", Number, number.ToString(null, CultureInfo.InvariantCulture)).ToString(),
            _ => throw new ArgumentException($"A text cannot store a {value.GetType().Name}.", nameof(value)),
        };

    /// <summary>Several texts behind each other.</summary>
    public static StoredText Several(params StoredText[] texts) => new("", Words, "", [.. texts.Select(t => t.ToString())]);

    /// <summary>Several half sentences as one: „Gleicher Name, gleiche Anschrift.“</summary>
    public static StoredText OneSentence(IEnumerable<StoredText> texts) => new("", Sentence, "", [.. texts.Select(t => t.ToString())]);

    /// <summary>As it stands in a column; null when the column holds a sentence of somebody's language, as columns did before.</summary>
    public static StoredText? Parse(string stored)
    {
        try
        {
            return stored.StartsWith('{') && JsonSerializer.Deserialize<StoredText>(stored, Json) is { Module: not null, Texts: not null, Key: not null } text
                ? text
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What it is for the sentence around it, or as a whole.</summary>
    /// <param name="say">Says a text of a module, with its values.</param>
    public object Read(Func<StoredText, object[], string> say)
    {
        object[] values = [.. (Values ?? []).Select(v => Parse(v)?.Read(say) ?? v)];
        return (Module.Length, Texts) switch
        {
            (> 0, _) => say(this, values),
            (_, Day) => DateOnly.ParseExact(Key, "O", CultureInfo.InvariantCulture),
            (_, Number) => decimal.Parse(Key, NumberStyles.Number, CultureInfo.InvariantCulture),
            (_, Counted) => new Count(long.Parse(Key, CultureInfo.InvariantCulture)),
            (_, Sentence) when string.Join(", ", values) is { Length: > 0 } joined => char.ToUpper(joined[0], CultureInfo.InvariantCulture) + joined[1..] + ".",
            _ => values.Length > 0 ? string.Join(' ', values) : Key,
        };
    }

    /// <summary>For a column.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json);
}
