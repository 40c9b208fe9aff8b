using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>What is written leads somewhere: every link and picture of the documents, and every page of the handbook once in its list.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Documents = Path.Combine(House.Root, "docs");
    private static readonly string Handbook = Path.Combine(Documents, "handbook");

    [Fact]
    public void every_link_and_picture_of_the_documents_exists() =>
        Directory
            .EnumerateFiles(Documents, "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(House.Root, "README.md"))
            .SelectMany(file => Missing(file, File.ReadAllText(file)))
            .ShouldBeEmpty();

    [Fact]
    public void a_link_to_nothing_is_found() =>
        Missing(Path.Combine(Handbook, "README.md"), "[eins](01-erster-start.md) ![zwei](bilder/gibt-es-nicht.png) [drei](https://example.org)")
            .ShouldBe([Path.Combine("docs", "handbook", "README.md") + ": bilder/gibt-es-nicht.png"]);

    [Fact]
    public void no_two_decisions_have_one_number() =>
        Directory
            .EnumerateFiles(Path.Combine(Documents, "decisions"), "*.md")
            .CountBy(file => Path.GetFileName(file)[..4])
            .Where(number => number.Value > 1)
            .ShouldBeEmpty();

    [Fact]
    public void the_handbook_lists_each_of_its_pages_once()
    {
        var pages = Directory.EnumerateFiles(Handbook, "*.md").Select(f => Path.GetFileName(f)!).Where(f => f != "README.md").Order(StringComparer.Ordinal);

        // In its lists; the table of where to find what names some of them again.
        File.ReadLines(Path.Combine(Handbook, "README.md"))
            .Where(line => line.StartsWith("* ", StringComparison.Ordinal))
            .SelectMany(Targets)
            .Order(StringComparer.Ordinal)
            .ShouldBe(pages);
    }

    [Fact]
    public void every_picture_of_the_handbook_is_shown_somewhere()
    {
        var shown = Directory
            .EnumerateFiles(Handbook, "*.md")
            .SelectMany(f => Targets(File.ReadAllText(f)))
            .Select(t => Path.GetFileName(t))
            .ToHashSet(StringComparer.Ordinal);

        Directory.EnumerateFiles(Path.Combine(Handbook, "bilder")).Select(f => Path.GetFileName(f)!).Where(f => !shown.Contains(f)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Missing(string file, string text) =>
        from target in Targets(text)
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
        select $"{Path.GetRelativePath(House.Root, file)}: {target}";

    // What stands in code is an example, not a link; a place within a page counts as the page.
    private static IEnumerable<string> Targets(string text) =>
        Link().Matches(Code().Replace(text, "")).Select(m => m.Groups[1].Value.Split('#')[0]).Where(t => t.Length > 0);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();
}
