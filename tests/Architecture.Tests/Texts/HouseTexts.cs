using System.Collections.Concurrent;
using System.Xml.Linq;

namespace Association.Architecture.Tests.Texts;

/// <summary>The texts of the house, and where its sources ask for them.</summary>
internal static class HouseTexts
{
    /// <summary>Every source with its path.</summary>
    public static readonly IReadOnlyList<(string File, string Text)> Sources = [.. House.Files("src", ".cs", ".razor").Select(f => (f, File.ReadAllText(f)))];

    /// <summary>The German resources of all markers; French and English lie beside them.</summary>
    public static readonly IReadOnlyList<string> Resources = [.. House.Files("src", "Texts.resx")];

    /// <summary>Every place in the sources that asks for a text.</summary>
    public static readonly IReadOnlyList<(string File, TextUse Use)> Uses =
    [
        .. Sources.SelectMany(s => TextUses.In(s.Text, InheritedBy(s.File, s.Text)).Select(use => (s.File, use))),
    ];

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Read = new(StringComparer.Ordinal);

    /// <summary>The German resources that a use means. Two modules may have a marker of the same name; a file means the one of its own.</summary>
    public static IEnumerable<string> ResourcesOf(TextUse use, string file) =>
        use
            .Marker.Split('|')
            .Select(marker => Resources.Where(r => Path.GetFileNameWithoutExtension(r) == marker).MaxBy(r => Common(r, file)))
            .OfType<string>();

    /// <summary>The keys of a resource.</summary>
    public static IEnumerable<string> KeysOf(string resource) => TextsOf(resource).Keys;

    /// <summary>The texts of a resource in one language, by key.</summary>
    public static IReadOnlyDictionary<string, string> TextsOf(string resource, string language = "de")
    {
        var file = language == "de" ? resource : Path.ChangeExtension(resource, $".{language}.resx");
        return Read.GetOrAdd(
            file,
            f => XDocument.Load(f).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal)
        );
    }

    private static ILookup<string, string> InheritedBy(string file, string source)
    {
        var others = Sources.Where(s => s.File == file + ".cs" || s.File + ".cs" == file);
        if (TextUses.BaseOf(source) is { } name)
            others = others.Concat(Sources.Where(s => Path.GetFileNameWithoutExtension(s.File) == name));
        return others.SelectMany(s => TextUses.Names(s.Text)).ToLookup(n => n.Name, n => n.Marker, StringComparer.Ordinal);
    }

    private static int Common(string one, string two) => one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
}
