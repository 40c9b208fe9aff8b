using System.Globalization;
using System.Text;

namespace Association.Platform.Data.Kernel;

/// <summary>Words as a keyboard without umlauts and accents writes them, to compare what people typed.</summary>
public static class PlainText
{
    /// <summary>Lower case without umlauts and accents; other signs become blanks, or are left out.</summary>
    public static string Of(string text, bool separate)
    {
        var folded = Fold(text);
        var plain = new StringBuilder(folded.Length);
        foreach (var letter in folded)
        {
            if (char.IsLetterOrDigit(letter))
                plain.Append(letter);
            else if (separate && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(' ');
        }
        return plain.ToString();
    }

    /// <summary>Lower case, <c>ä</c> as <c>ae</c>, <c>ß</c> as <c>ss</c>, other letters without what makes them another one; what is no letter stays.</summary>
    /// <remarks>The database's <c>platform.fold</c> says the same.</remarks>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var spelled = text.Normalize(NormalizationForm.FormC)
            .ToLowerInvariant()
            .Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal)
            .Normalize(NormalizationForm.FormD);
        var folded = new StringBuilder(spelled.Length + 4);
        foreach (var letter in spelled)
            _ = char.ToLowerInvariant(letter) switch
            {
                >= '\u0300' and <= '\u036f' => folded,
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                'ı' => folded.Append('i'),
                'ł' => folded.Append('l'),
                'ø' => folded.Append('o'),
                'đ' or 'ð' => folded.Append('d'),
                'ħ' => folded.Append('h'),
                'ŧ' => folded.Append('t'),
                'ŋ' => folded.Append('n'),
                'ſ' => folded.Append('s'),
                'ς' => folded.Append('σ'),
                var other => folded.Append(other),
            };
        return folded.ToString();
    }
}
