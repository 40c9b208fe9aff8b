using System.Globalization;
using System.Text;

namespace Association.Platform.Data.Kernel;

/// <summary>
/// Text from outside without what no person typed on purpose: control characters, marks of direction, marks without width, halves of characters. They would
/// make two names of one, break a line of a mail's head, or stand as a blank box in a letter.
/// </summary>
public static class CleanText
{
    private const int LongestShown = 120;

    /// <summary>One line: every break and tab becomes a blank.</summary>
    public static string Line(string text) => Of(text, ' ');

    /// <summary>Lines, parted by <c>\n</c> alone.</summary>
    public static string Lines(string text) => Of(text, '\n');

    /// <summary>A text as it was typed, with the characters written out that <see cref="Lines"/> leaves out („A[U+200B]b“); null when there are none in it.</summary>
    public static string? LostFrom(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (Lines(text).Length == text.Length)
            return null;
        var shown = new StringBuilder();
        for (var at = 0; at < text.Length && shown.Length <= LongestShown; at++)
            if (IsBreak(text[at]) || text[at] == '\t')
                shown.Append(' ');
            else if (IsKept(text, ref at, out var pair))
                shown.Append(text, at - pair, pair + 1);
            else
                shown.Append(CultureInfo.InvariantCulture, $"[U+{(pair == 0 ? text[at] : char.ConvertToUtf32(text[at - 1], text[at])):X4}]");
        return shown.Length > LongestShown ? shown.Append('…').ToString() : shown.ToString();
    }

    private static string Of(string text, char instead)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!NeedsCleaning(text, instead))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
            if (IsBreak(text[at]))
            {
                if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                    at++;
                clean.Append(instead);
            }
            else if (text[at] == '\t')
                clean.Append(instead == '\n' ? '\t' : ' ');
            else if (IsKept(text, ref at, out var pair))
                clean.Append(text, at - pair, pair + 1);
        return clean.ToString();
    }

    private static bool NeedsCleaning(string text, char instead)
    {
        foreach (var c in text)
            if (
                c < ' '
                    ? c is not ('\n' or '\t') || instead != '\n'
                    : c > '~' && (char.IsSurrogate(c) || IsBreak(c) || !IsLetterOrSign(char.GetUnicodeCategory(c)))
            )
                return true;
        return text.Contains('\x7F', StringComparison.Ordinal);
    }

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\x85' or '\u2028' or '\u2029';

    // A pair is one character; its second half follows.
    private static bool IsKept(string text, ref int at, out int pair)
    {
        pair = 0;
        if (!char.IsSurrogate(text[at]))
            return IsLetterOrSign(char.GetUnicodeCategory(text[at]));
        if (!char.IsSurrogatePair(text, at))
            return false;
        pair = 1;
        at++;
        return IsLetterOrSign(CharUnicodeInfo.GetUnicodeCategory(text, at - 1));
    }

    private static bool IsLetterOrSign(UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
