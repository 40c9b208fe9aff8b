using Association.Platform.Data.Kernel;

namespace Association.Billing.Accounts.Opening.Reading;

/// <summary>Whether a name in a list is the member's: spelling, legal form and order of words may differ, the words may not.</summary>
internal static class ListedName
{
    private static readonly HashSet<string> Unspecific =
    [
        "gmbh",
        "ggmbh",
        "mbh",
        "ag",
        "kg",
        "ohg",
        "gbr",
        "ug",
        "ev",
        "eg",
        "e",
        "v",
        "g",
        "co",
        "dr",
        "prof",
        "med",
        "dent",
        "herr",
        "frau",
        "und",
        "et",
        "and",
        "der",
        "die",
        "das",
        "des",
        "am",
        "im",
        "fuer",
        "of",
        "the",
        "la",
        "le",
        "de",
        "du",
    ];

    public static bool Is(string listed, string member)
    {
        var (a, b) = (Words(listed), Words(member));
        var (fewer, more) = a.Count <= b.Count ? (a, b) : (b, a);
        return fewer.Count > 0 && fewer.IsSubsetOf(more);
    }

    private static HashSet<string> Words(string name)
    {
        var all = PlainText.Of(name, separate: true).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var specific = all.Where(w => !Unspecific.Contains(w)).ToHashSet(StringComparer.Ordinal);
        return specific.Count > 0 ? specific : [.. all];
    }
}
