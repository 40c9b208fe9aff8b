using System.Globalization;

namespace Association.Platform.Documents.Excel.Writing;

/// <summary>Names as Excel allows them.</summary>
internal static class SheetNames
{
    private const int LongestSheetName = 31;

    /// <summary>A sheet's name: no <c>[]:*?/\</c>, no apostrophe at its ends, at most 31 characters, not taken yet whatever the case.</summary>
    public static string Allowed(string name, IReadOnlyCollection<string> taken)
    {
        var allowed = new string([.. Printable(name).Select(c => "[]:*?/\\".Contains(c) ? ' ' : c)]).Trim(' ', '\'');
        return Free(allowed.Length == 0 ? "Liste" : allowed, taken, LongestSheetName);
    }

    /// <summary>Headers of a table: not empty, without line breaks, each only once whatever the case.</summary>
    public static IReadOnlyList<string> Unique(IEnumerable<string> headers)
    {
        var unique = new List<string>();
        foreach (var header in headers)
        {
            var printable = Printable(header).Trim();
            unique.Add(Free(printable.Length == 0 ? "Spalte" : printable, unique, longest: 255));
        }

        return unique;
    }

    private static string Printable(string name) => new([.. name.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? ' ' : c)]);

    private static string Free(string name, IReadOnlyCollection<string> taken, int longest)
    {
        var free = name.Length <= longest ? name : name[..longest];
        for (var number = 2; taken.Contains(free, StringComparer.OrdinalIgnoreCase); number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" {number}");
            free = string.Concat(name.AsSpan(0, Math.Min(name.Length, longest - suffix.Length)), suffix);
        }

        return free;
    }
}
