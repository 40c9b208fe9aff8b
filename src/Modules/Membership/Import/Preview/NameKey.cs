using System.Text.RegularExpressions;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Preview;

/// <summary>What is left of a name when spelling, legal form and order do not count.</summary>
/// <param name="Tokens">Words in lower case without umlauts, sorted.</param>
/// <param name="Compact">All letters and digits in a row, as typed.</param>
internal sealed partial record NameKey(IReadOnlyList<string> Tokens, string Compact)
{
    private static readonly HashSet<string> LegalForms =
    [
        "gmbh",
        "ggmbh",
        "mbh",
        "gag",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "gbr",
        "ug",
        "haftungsbeschraenkt",
        "ev",
        "eg",
        "se",
        "co",
        "partg",
        "partgmbb",
        "sarl",
        "sas",
        "sa",
        "asbl",
        "scop",
        "eurl",
        "ltd",
        "inc",
        "llc",
        "plc",
        "dr",
        "prof",
        "med",
        "dent",
        "dres",
        "dipl",
        "herr",
        "frau",
        "und",
        "and",
        "et",
        "der",
        "die",
        "das",
        "des",
        "fuer",
        "the",
        "of",
        "for",
        "la",
        "le",
        "les",
        "de",
        "du",
    ];

    /// <summary>Exact key: two names with the same one are spelled the same for any practical purpose.</summary>
    public string Text { get; } = string.Join(' ', Tokens);

    public static NameKey Of(string name)
    {
        var plain = Saint().Replace(Association().Replace(PlainText.Fold(name), " "), "sankt ");
        var words = Words().Matches(plain).Select(m => m.Value).ToArray();
        var kept = words.Where(w => !LegalForms.Contains(w)).ToArray();
        if (kept.Length == 0)
            kept = words;
        return new NameKey([.. kept.Order(StringComparer.Ordinal)], string.Concat(kept));
    }

    /// <summary>Whether two names are probably spellings of one: every word of the shorter has its like in the longer.</summary>
    public bool Resembles(NameKey other)
    {
        if (Text == other.Text || Compact == other.Compact)
            return true;
        if (
            Compact.Length >= 8
            && other.Compact.Length >= 8
            && Distance.Within(Compact, other.Compact, Math.Max(1, Math.Min(Compact.Length, other.Compact.Length) / 12))
        )
            return true;
        var (shorter, longer) = Tokens.Count <= other.Tokens.Count ? (Tokens, other.Tokens) : (other.Tokens, Tokens);
        if (shorter.Count == 0 || (shorter.Count == 1 && longer.Count > 1 && shorter[0].Length < 6))
            return false;
        var free = longer.ToList();
        foreach (var word in shorter)
        {
            var like = free.FindIndex(f => Alike(word, f));
            if (like < 0)
                return false;
            free.RemoveAt(like);
        }
        return true;
    }

    /// <summary>Whether two persons differ by the ending that makes one given name of another: Jan and Jana, Christian and Christiane, Andrea and Andreas.</summary>
    public bool IsCouple(NameKey other)
    {
        if (
            Tokens.Count != other.Tokens.Count
            || Tokens.Except(other.Tokens).ToArray() is not [var one]
            || other.Tokens.Except(Tokens).ToArray() is not [var two]
        )
            return false;
        var (shorter, longer) = one.Length < two.Length ? (one, two) : (two, one);
        return shorter.Length >= 3
            && longer.StartsWith(shorter, StringComparison.Ordinal)
            && longer[shorter.Length..] is var ending
            && (ending is "a" or "e" or "in" or "ine" or "ina" or "ie" or "ia" or "ette" || (ending == "s" && shorter[^1] is 'a' or 'o'));
    }

    // Equal, abbreviated, or one letter off in a word long enough for that to be a slip.
    private static bool Alike(string a, string b) =>
        a == b
        || (Math.Min(a.Length, b.Length) >= 3 && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal)))
        || (Math.Min(a.Length, b.Length) >= 5 && Distance.Within(a, b, 1))
        || (Math.Min(a.Length, b.Length) >= 9 && Distance.Within(a, b, 2));

    [GeneratedRegex(@"\b(st|skt|sankt|saint|sainte|ste)\b\.?\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Saint();

    [GeneratedRegex(@"\be\.\s?v\.|\be\.\s?g\.|\bm\.?b\.?h\.|\bg\.?gmbh\b|&", RegexOptions.NonBacktracking)]
    private static partial Regex Association();

    [GeneratedRegex(@"[a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}

/// <summary>How many letters two words differ by.</summary>
internal static class Distance
{
    /// <summary>Whether at most <paramref name="most"/> letters have to be changed, added or left out.</summary>
    public static bool Within(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return false;
        var before = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            before[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                best = Math.Min(best, row[j]);
            }
            if (best > most)
                return false;
            (before, row) = (row, before);
        }
        return before[b.Length] <= most;
    }
}
