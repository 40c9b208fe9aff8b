using System.Collections.Frozen;

namespace Association.Platform.Data;

/// <summary>Enum values as the database keeps them: <c>DirectDebit</c> is <c>direct_debit</c>. Thread safe.</summary>
public static class EnumText
{
    /// <summary>The text of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enum.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        Names<T>.Texts.TryGetValue(value, out var text) ? text : throw new ArgumentOutOfRangeException(nameof(value), value, $"No {typeof(T).Name}.");

    /// <summary>The value of a text.</summary>
    /// <exception cref="FormatException">No value has this text.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum => Names<T>.Values.TryGetValue(text, out var value) ? value : throw new FormatException($"'{text}' is no {typeof(T).Name}.");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, v => SnakeCase.Of(v.ToString()));
        public static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
