using System.Globalization;
using System.Text;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Reading;

/// <summary>Text of a cell as it is read on: a cell may hold 32,767 blanks, and nothing that looks at it should have to walk through them.</summary>
internal static class CellText
{
    private const int LongestRun = 2;
    private const int LongestShown = 120;

    /// <summary>Without what cannot be seen. A run of more than two blanks becomes one blank, or as many line breaks as were in it, at most two.</summary>
    public static string Of(string typed)
    {
        var text = CleanText.Lines(typed);
        StringBuilder? collapsed = null;
        var copied = 0;
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsWhiteSpace(text[start]))
                continue;
            var end = start + 1;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            if (end - start > LongestRun)
            {
                collapsed ??= new StringBuilder(text.Length);
                collapsed.Append(text, copied, start - copied).Append(Instead(text.AsSpan(start, end - start)));
                copied = end;
            }
            start = end;
        }
        return collapsed is null ? text : collapsed.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>A text as it was typed, with the characters that nobody sees written out („A[U+200B]b“); null when there are none in it.</summary>
    public static string? LostFrom(string typed)
    {
        if (CleanText.Lines(typed).Length == typed.Replace("\r\n", "\n", StringComparison.Ordinal).Length)
            return null;
        var shown = new StringBuilder();
        foreach (var character in typed.EnumerateRunes())
        {
            if (shown.Length > LongestShown)
                return shown.Append('…').ToString();
            if (character.Value is '\r' or '\n' or '\t')
                shown.Append(' ');
            else if (CleanText.Lines(character.ToString()).Length == 0)
                shown.Append(CultureInfo.InvariantCulture, $"[U+{character.Value:X4}]");
            else
                shown.Append(character);
        }
        return shown.ToString();
    }

    private static string Instead(ReadOnlySpan<char> blanks) =>
        blanks.Count('\n') switch
        {
            0 => blanks.Contains('\r') ? "\n" : " ",
            1 => "\n",
            _ => "\n\n",
        };
}
