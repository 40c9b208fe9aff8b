using System.Text;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Reading;

/// <summary>Text of a cell as it is read on: a cell may hold 32,767 blanks, and nothing that looks at it should have to walk through them.</summary>
internal static class CellText
{
    private const int LongestRun = 2;

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

    private static string Instead(ReadOnlySpan<char> blanks) =>
        blanks.Count('\n') switch
        {
            0 => blanks.Contains('\r') ? "\n" : " ",
            1 => "\n",
            _ => "\n\n",
        };
}
