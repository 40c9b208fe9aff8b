namespace Association.Platform.Documents.Pdf;

/// <summary>Breaks text into lines of a width.</summary>
public static class TextLines
{
    /// <summary>
    /// The lines of a text: breaks at blanks and after hyphens and slashes, never at a no-break space; <c>\n</c> always breaks. A word wider than
    /// the line is broken where it must be, so that nothing ever runs into the margin.
    /// </summary>
    /// <param name="text">Any number of paragraphs.</param>
    /// <param name="font">The face it is measured in.</param>
    /// <param name="size">In points.</param>
    /// <param name="width">In millimetres, above zero.</param>
    public static IReadOnlyList<string> Wrap(string text, PdfFont font, double size, double width)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(font);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var lines = new List<string>();
        foreach (var paragraph in text.AsSpan().EnumerateLines())
            WrapParagraph(paragraph, font, size, width, lines);
        return lines;
    }

    private static void WrapParagraph(ReadOnlySpan<char> rest, PdfFont font, double size, double width, List<string> lines)
    {
        if (font.Width(rest, size) <= width)
        {
            lines.Add(new string(rest));
            return;
        }

        while (!rest.IsEmpty)
        {
            var fitting = 0;
            for (var end = NextBreak(rest, 0); ; end = NextBreak(rest, end))
            {
                if (font.Width(rest[..end].TrimEnd(' '), size) > width)
                    break;
                fitting = end;
                if (end == rest.Length)
                    break;
            }

            if (fitting == 0)
                fitting = Squeezed(rest[..NextBreak(rest, 0)], font, size, width);
            lines.Add(new string(rest[..fitting].TrimEnd(' ')));
            rest = rest[fitting..].TrimStart(' ');
        }
    }

    private static int NextBreak(ReadOnlySpan<char> text, int from)
    {
        for (var i = from; i < text.Length - 1; i++)
        {
            var isBreak = text[i] is ' ' || text[i] is '-' or '/' or '–' && i > 0 && char.IsLetterOrDigit(text[i - 1]) && char.IsLetter(text[i + 1]);
            if (isBreak)
                return i + 1;
        }

        return text.Length;
    }

    // At least one character a line, and never half of a surrogate pair.
    private static int Squeezed(ReadOnlySpan<char> word, PdfFont font, double size, double width)
    {
        var length = 1;
        while (length < word.Length && font.Width(word[..(length + 1)], size) <= width)
            length++;
        return length < word.Length && char.IsHighSurrogate(word[length - 1]) ? length + 1 : length;
    }
}
