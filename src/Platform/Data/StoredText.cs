using System.Text.Json;

namespace Association.Platform.Data;

/// <summary>A sentence as it is stored: the key of a text with its values, so that everybody reads it in her own language.</summary>
/// <param name="Module">The assembly that has the texts.</param>
/// <param name="Texts">Full name of their marker class.</param>
/// <param name="Key">Key in the texts.</param>
/// <param name="Values">What stands in their places.</param>
public sealed record StoredText(string Module, string Texts, string Key, params string[] Values)
{
    /// <summary>A text of the module to which this marker class belongs.</summary>
    public static StoredText Of<TTexts>(string key, params string[] values) =>
        new(typeof(TTexts).Assembly.GetName().Name!, typeof(TTexts).FullName!, key, values);

    /// <summary>As it stands in a column; null when the column holds a sentence of somebody's language, as columns did before.</summary>
    public static StoredText? Parse(string stored)
    {
        try
        {
            return stored.StartsWith('{') ? JsonSerializer.Deserialize<StoredText>(stored) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>For a column.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);
}
