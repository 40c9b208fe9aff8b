namespace Association.Platform.Documents.Excel.Reading;

/// <summary>Looks for a quotation mark that opens a field and is never closed.</summary>
internal static class CsvQuotes
{
    private static readonly char[] Delimiters = [';', ',', '\t', '|'];

    /// <summary>The row, from 1, in which it stands; null when every one is closed.</summary>
    public static int? Unclosed(string text)
    {
        var delimiter = DelimiterOf(text);
        var (row, opened, starts) = (1, 0, true);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (opened > 0)
            {
                if (c != '"')
                    continue;
                if (at + 1 < text.Length && text[at + 1] == '"')
                    at++; // a doubled one is a mark inside of the field
                else
                    (opened, starts) = (0, false);
            }
            else if (c == '"' && starts)
            {
                opened = row;
            }
            else
            {
                starts = c == delimiter || c is '\n' or '\r';
                row += c == '\n' || (c == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')) ? 1 : 0;
            }
        }

        return opened > 0 ? opened : null;
    }

    // The most frequent one of the first line that has any, as the library finds it; „sep=,“ names it.
    private static char DelimiterOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length == 5)
                return line[4];
            var (most, found) = (0, '\0');
            foreach (var delimiter in Delimiters)
                if (line.Count(delimiter) is var count && count > most)
                    (most, found) = (count, delimiter);
            if (most > 0)
                return found;
        }

        return ';';
    }
}
