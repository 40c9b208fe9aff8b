namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>Text as a cell can hold it.</summary>
internal static class ReportText
{
    private const int Longest = 32_767; // what Excel keeps in one cell

    /// <summary>Without what no file may hold, and not longer than a cell.</summary>
    public static string Printable(string text)
    {
        var printable = text.Any(c => !Fits(c)) ? string.Concat(text.Where(Fits)) : text;
        return printable.Length <= Longest ? printable : string.Concat(printable.AsSpan(0, Longest - 1), "…");
    }

    /// <summary>Whether Excel would take it for a formula when somebody edits the cell.</summary>
    public static bool LooksLikeFormula(string text) => text is ['=' or '+' or '-' or '@' or '\'', ..];

    private static bool Fits(char c) => c is '\n' || !(char.IsControl(c) || c is '\uFFFE' or '\uFFFF');
}
