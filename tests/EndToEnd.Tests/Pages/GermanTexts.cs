using System.Text.RegularExpressions;
using System.Xml.Linq;
using Association.Testing;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>What the pages say in German and say otherwise in French: whoever reads French must not meet it.</summary>
internal static partial class GermanTexts
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>The German texts of all pages, below src.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory
            .EnumerateFiles(Source, "*Texts.resx", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Source, f))
            .Order(),
    ];

    private static readonly Lazy<(HashSet<string> Whole, IReadOnlyList<Regex> WithPlaces)> Sentences = new(() =>
    {
        var german = Files
            .SelectMany(file =>
            {
                var french = Read(Path.ChangeExtension(file, ".fr.resx"));
                return Read(file).Where(t => french.GetValueOrDefault(t.Key) != t.Value).Select(t => t.Value.Trim());
            })
            .Distinct()
            .ToList();
        return (
            [.. german.Where(t => t.Length >= 8 && !t.Contains('{', StringComparison.Ordinal))],
            [.. german.Where(t => t.Contains('{', StringComparison.Ordinal) && Place().Replace(t, "").Count(char.IsLetter) >= 8).Select(Pattern)]
        );
    });

    /// <summary>The texts of a file by their keys.</summary>
    public static Dictionary<string, string> Read(string file) =>
        XDocument
            .Load(Path.Combine(Source, file))
            .Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    /// <summary>Those of the shown texts that are German, word for word.</summary>
    public static IEnumerable<string> Among(IEnumerable<string> shown) => shown.Select(s => s.Trim()).Distinct().Where(Sentences.Value.Whole.Contains);

    /// <summary>Those, too, that are German with a number or a name put in.</summary>
    public static IEnumerable<string> AmongAlsoFilled(IReadOnlyCollection<string> shown) =>
        Among(shown).Concat(shown.Select(s => s.Trim()).Distinct().Where(s => s.Length >= 8 && Sentences.Value.WithPlaces.Any(p => p.IsMatch(s))));

    private static Regex Pattern(string text) =>
        new($"^{string.Join(".+", Place().Split(text).Select(Regex.Escape))}$", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Place();
}
