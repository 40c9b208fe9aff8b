using Association.Platform.Data;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Localisation;

/// <summary>Reads stored texts aloud.</summary>
public static class StoredTexts
{
    /// <summary>The sentence in the reader's language; what is no <see cref="StoredText"/> is a sentence already.</summary>
    public static string Say(this IStringLocalizerFactory texts, string stored) =>
        StoredText.Parse(stored) is { } text ? $"{text.Read((t, values) => texts.Create(t.Texts, t.Module)[t.Key, values])}" : stored;
}
