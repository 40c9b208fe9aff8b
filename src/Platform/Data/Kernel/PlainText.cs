using System.Globalization;
using System.Text;

namespace Association.Platform.Data.Kernel;

/// <summary>Words as a keyboard without umlauts and accents writes them, to compare what people typed.</summary>
public static class PlainText
{
    /// <summary>Lower case without umlauts and accents; other signs become blanks, or are left out.</summary>
    public static string Of(string text, bool separate)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spelled = text.Normalize(NormalizationForm.FormC)
            .ToLowerInvariant()
            .Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal);
        var plain = new StringBuilder(spelled.Length);
        foreach (var letter in spelled.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
                plain.Append(letter);
            else if (separate && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(' ');
        }
        return plain.ToString();
    }
}
