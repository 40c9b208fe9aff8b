using System.Text.RegularExpressions;

namespace Association.Architecture.Tests.Texts;

/// <summary>A place in the sources that asks for a text.</summary>
/// <param name="Marker">The text marker class: <c>PeopleTexts</c>.</param>
/// <param name="Key">What it asks for; with <paramref name="IsPattern"/> a regular expression over keys, of which at least one must exist.</param>
/// <param name="IsPattern">Whether part of the key is computed.</param>
internal sealed record TextUse(string Marker, string Key, bool IsPattern)
{
    /// <summary>What stands behind the key: the expressions for {0}, {1} and so on.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it passes counts at all these places.</summary>
    public bool Passes(IEnumerable<int> places) =>
        places.All(n => n < Values.Count && Values[n].TrimStart().StartsWith("new Count(", StringComparison.Ordinal));

    public bool Equals(TextUse? other) => other is not null && (Marker, Key, IsPattern) == (other.Marker, other.Key, other.IsPattern);

    public override int GetHashCode() => HashCode.Combine(Marker, Key, IsPattern);
}

/// <summary>
/// Reads from C# and Razor which texts they ask for: <c>L["Key"]</c>, <c>texts[done ? "One" : "Two", n]</c>, <c>L[$"State.{x}"]</c>, <c>L["Kind." + x]</c>,
/// menus, jobs and the plain words of handlers. What is computed as a whole (a variable) is not seen.
/// </summary>
internal static partial class TextUses
{
    /// <summary>The uses in one source.</summary>
    /// <param name="source">A file's text.</param>
    /// <param name="inherited">Names that a base class or the other half of a partial class declares, with their markers.</param>
    public static IEnumerable<TextUse> In(string source, ILookup<string, string>? inherited = null)
    {
        var names = Names(source)
            .Concat(inherited?.SelectMany(n => n.Select(marker => (Name: n.Key, Marker: marker))) ?? [])
            .ToLookup(n => n.Name, n => n.Marker, StringComparer.Ordinal);
        foreach (Match call in Call().Matches(source))
        {
            // A name may stand for texts of several markers, in methods beside each other: then one of them has to have the key.
            var markers = string.Join('|', names[call.Groups["name"].Value].Distinct());
            if (markers.Length == 0)
                continue;
            if (Arguments(source, call.Index + call.Length) is not [var first, .. var values])
                continue;
            foreach (var (key, isPattern) in KeysOf(first))
                yield return new(markers, key, isPattern) { Values = values };
        }
        foreach (Match words in PlainWords().Matches(source))
            yield return new(words.Groups[1].Value, words.Groups[2].Value, false);
        foreach (Match entry in Entry().Matches(source))
            yield return new(entry.Groups[2].Value, entry.Groups[1].Value, false);
    }

    /// <summary>The names under which a source has texts.</summary>
    public static IEnumerable<(string Name, string Marker)> Names(string source) =>
        Declaration().Matches(source).Select(m => (m.Groups[2].Value, m.Groups[1].Value));

    /// <summary>The class that a page or class inherits from, and so may have its texts from; null when none is named.</summary>
    public static string? BaseOf(string source) => Inherits().Match(source) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<(string Key, bool IsPattern)> KeysOf(string argument)
    {
        foreach (Match literal in Literal().Matches(argument))
        {
            var before = argument[..literal.Index].TrimEnd();
            // Only what may be the whole answer: the argument itself, or an arm of a condition or switch. What is compared with is no key.
            if (before.Length > 0 && !Answers().IsMatch(before))
                continue;
            if (before.Count(c => c == '(') - before.Count(c => c == ')') > (before.StartsWith('(') ? 1 : 0))
                continue; // part of a key that begins before
            var (text, isInterpolated) = (literal.Groups["text"].Value, literal.Groups["dollar"].Success);
            // No key ends with a dot: something is put behind it, here or after the bracket around.
            var goesOn = text.EndsWith('.') || argument[(literal.Index + literal.Length)..].TrimStart().StartsWith('+');
            if (isInterpolated || goesOn)
                yield return ($"^{string.Join(".+", Hole().Split(text).Select(Regex.Escape))}{(goesOn ? ".+" : "")}$", true);
            else
                yield return (text, false);
        }
    }

    // Up to the bracket that ends them, parted by commas; brackets and texts inside are stepped over.
    private static List<string> Arguments(string source, int start)
    {
        var (depth, arguments) = (0, new List<string>());
        for (var i = start; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '"':
                    i = EndOfText(source, i);
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}' when depth-- == 0:
                    return [.. arguments, source[start..i]];
                case ',' when depth == 0:
                    arguments.Add(source[start..i]);
                    start = i + 1;
                    break;
            }
        }
        return [];
    }

    private static int EndOfText(string source, int quote)
    {
        var holes = 0;
        for (var i = quote + 1; i < source.Length; i++)
        {
            if (source[i] == '\\')
                i++;
            else if (source[i] == '{')
                holes++;
            else if (source[i] == '}')
                holes--;
            else if (source[i] == '"' && holes <= 0)
                return i;
        }
        return source.Length;
    }

    [GeneratedRegex(@"IStringLocalizer<(\w+)>\s+(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?:@inherits\s+|class\s+\w+\s*:\s*)(\w+)")]
    private static partial Regex Inherits();

    [GeneratedRegex(@"(?<![\w.])(?<name>\w+)\[")]
    private static partial Regex Call();

    [GeneratedRegex("(?<dollar>\\$)?\"(?<text>(?:[^\"\\\\{]|\\\\.|\\{[^}]*\\})*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(\?|:|=>|^\()$")]
    private static partial Regex Answers();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("PlainWords\\(typeof\\((\\w+)\\), \"([^\"]+)\"")]
    private static partial Regex PlainWords();

    // new MenuEntry("Menu.People", …, typeof(PeopleTexts)); a job's title lies before its texts, too.
    [GeneratedRegex("\"((?:Menu|New|Job)\\.[\\w.-]+)\",[^;\"]*?(?:\"[^\"]*\",[^;\"]*?){0,3}typeof\\((\\w+Texts)\\)")]
    private static partial Regex Entry();
}
