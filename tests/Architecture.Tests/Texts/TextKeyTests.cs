using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>Every text that a page or class asks for exists; otherwise its key would stand on the page.</summary>
public sealed class TextKeyTests
{
    [Fact]
    public void every_text_that_is_asked_for_exists()
    {
        var missing = new List<string>();
        var asked = 0;
        foreach (var (file, use) in HouseTexts.Uses)
        {
            asked++;
            var keys = HouseTexts.ResourcesOf(use, file).SelectMany(HouseTexts.KeysOf).ToHashSet(StringComparer.Ordinal);
            if (!(use.IsPattern ? keys.Any(k => Regex.IsMatch(k, use.Key)) : keys.Contains(use.Key)))
                missing.Add($"{Path.GetRelativePath(House.Root, file)}: {use.Marker} has no {use.Key}");
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
    [InlineData("""L["Rows", new Count(n)]""", "Rows")]
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
}
