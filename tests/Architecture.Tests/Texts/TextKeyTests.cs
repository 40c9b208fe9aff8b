using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>Every text that a page or class asks for exists; otherwise its key would stand on the page.</summary>
public sealed class TextKeyTests
{
    private static readonly string Source = Path.Combine(House.Root, "src");

    [Fact]
    public void every_text_that_is_asked_for_exists()
    {
        var missing = new List<string>();
        var asked = 0;
        foreach (var (file, source) in Sources)
        {
            foreach (var use in TextUses.In(source, InheritedBy(file, source)))
            {
                asked++;
                var keys = use.Marker.Split('|').SelectMany(marker => KeysOf(marker, file)).ToHashSet(StringComparer.Ordinal);
                if (!(use.IsPattern ? keys.Any(k => Regex.IsMatch(k, use.Key)) : keys.Contains(use.Key)))
                    missing.Add($"{Path.GetRelativePath(Source, file)}: {use.Marker} has no {use.Key}");
            }
        }
        missing.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(2000, "the sources ask for texts in forms that this test does not read");
    }

    [Theory]
    [InlineData("""L["Title"]""", "Title")]
    [InlineData("""L["Text", Formats.Of(day), other["x"]]""", "Text")]
    [InlineData("""L[closed ? "Unlock" : "Lock"]""", "Unlock, Lock")]
    [InlineData("""L[role == "board" ? "Board.Yes" : "Board.No"]""", "Board.Yes, Board.No")]
    [InlineData("""L[kind switch { Kind.One => "First", _ => "Other" }]""", "First, Other")]
    [InlineData("""L[Post.Has("File") ? "Logo.Empty" : "Logo.None"]""", "Logo.Empty, Logo.None")]
    [InlineData("""L[$"State.{row.State}"]""", """^State\..+$""")]
    [InlineData("""L[$"Status.{Kind}.Title"]""", """^Status\..+\.Title$""")]
    [InlineData("""L[$"Of.{Words["a"]}"]""", """^Of\..+$""")]
    [InlineData("""L["Field." + name]""", """^Field\..+$""")]
    [InlineData("""L["Source." + (asked ? "Ask" : name)]""", """^Source\..+$""")]
    [InlineData("""L[(mine ? "Waits.Own." : "Waits.") + kind]""", """^Waits\.Own\..+$, ^Waits\..+$""")]
    [InlineData("""L.Counted("Rows", n)""", "Rows, Rows.One")]
    [InlineData("""L[key]""", "")]
    [InlineData("""table["Title"] = view.L["Other"]""", "")]
    [InlineData("""[PlainWords(typeof(WhoTexts), "Work.Do")]""", "Work.Do")]
    [InlineData("""new MenuEntry("Menu.Who", "/who", "icon", Read, 1, typeof(WhoTexts))""", "Menu.Who")]
    public void uses_are_read_in_all_their_forms(string source, string keys) =>
        TextUses.In("IStringLocalizer<WhoTexts> L\n" + source).Select(u => u.Key).ShouldBe(keys.Length == 0 ? [] : keys.Split(", "));

    [Fact]
    public void names_come_from_the_base_class_too()
    {
        var inherited = TextUses.Names("abstract class PageBase { IStringLocalizer<WhoTexts> L { get; } }").ToLookup(n => n.Name, n => n.Marker);

        TextUses.BaseOf("@page \"/who\"\n@inherits PageBase").ShouldBe("PageBase");
        TextUses.In("@inherits PageBase\n<p>@L[\"Title\"]</p>", inherited).ShouldBe([new TextUse("WhoTexts", "Title", false)]);
    }

    private static readonly IReadOnlyList<(string File, string Text)> Sources = [.. House.Files("src", ".cs", ".razor").Select(f => (f, File.ReadAllText(f)))];

    private static readonly ILookup<string, string> Resources = House
        .Files("src", "Texts.resx")
        .ToLookup(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal);

    private static readonly Dictionary<string, HashSet<string>> Read = new(StringComparer.Ordinal);

    private static ILookup<string, string> InheritedBy(string file, string source)
    {
        var others = Sources.Where(s => s.File == file + ".cs" || s.File + ".cs" == file);
        if (TextUses.BaseOf(source) is { } name)
            others = others.Concat(Sources.Where(s => Path.GetFileNameWithoutExtension(s.File) == name));
        return others.SelectMany(s => TextUses.Names(s.Text)).ToLookup(n => n.Name, n => n.Marker, StringComparer.Ordinal);
    }

    // Two modules may have a marker of the same name; a file means the one of its own.
    private static HashSet<string> KeysOf(string marker, string file)
    {
        if (Resources[marker].MaxBy(r => Common(r, file)) is not { } resource)
            return [];
        if (!Read.TryGetValue(resource, out var keys))
            Read[resource] = keys = XDocument.Load(resource).Root!.Elements("data").Select(d => d.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
        return keys;
    }

    private static int Common(string one, string two) => one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
}
