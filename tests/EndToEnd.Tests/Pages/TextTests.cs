using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Every text of every page, in the three languages.</summary>
[Collection(OfficeCollection.Name)]
public sealed partial class TextTests(OfficeHost office)
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    public static TheoryData<string> Files => [.. GermanTexts.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void every_text_exists_in_three_languages_with_the_same_places(string file)
    {
        var german = GermanTexts.Read(file);
        foreach (var language in new[] { "fr", "en" })
        {
            var other = GermanTexts.Read(Path.ChangeExtension(file, $".{language}.resx"));
            other.Keys.Except(german.Keys).ShouldBeEmpty($"only in {language}");
            german.Keys.Except(other.Keys).ShouldBeEmpty($"missing in {language}");
            german.Where(t => !Places(t.Value).SetEquals(Places(other[t.Key]))).Select(t => t.Key).ShouldBeEmpty($"other places than in {language}");
        }
        german.Where(t => string.IsNullOrWhiteSpace(t.Value)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void every_text_is_used(string file)
    {
        // A key is used where it stands in quotes, or where its beginning does before something computed: $"State.{…}", "State." + …,
        // Plural("Count.Invoices", n).
        var folder =
            Path.GetFileNameWithoutExtension(file) == "WebTexts"
                ? Source
                : Path.Combine(Source, file.Split('/')[0] == "Modules" ? Path.Combine("Modules", file.Split('/')[1]) : file.Split('/')[0]);
        var sources = string.Join(
            '\n',
            Directory
                .EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
                .Where(f =>
                    (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
                    && !f.Contains("/obj/", StringComparison.Ordinal)
                )
                .Select(File.ReadAllText)
        );
        var quoted = Quoted().Matches(sources).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var beginnings = quoted
            .Where(q => q.EndsWith('.'))
            .Concat(quoted.Where(q => q.Contains('.', StringComparison.Ordinal) && !q.EndsWith('.')).Select(q => q + "."))
            .Concat(Computed().Matches(sources).Select(m => m.Groups[1].Value))
            .Where(b => b.Length > 1)
            .ToHashSet(StringComparer.Ordinal);
        GermanTexts
            .Read(file)
            .Keys.Where(k =>
                !quoted.Contains(k) && !beginnings.Any(b => k.StartsWith(b, StringComparison.Ordinal)) && !k.StartsWith("History.", StringComparison.Ordinal)
            )
            .ShouldBeEmpty("nobody uses them");
    }

    [Fact]
    public async Task a_french_page_holds_no_german_text()
    {
        var found = new List<string>();
        foreach (var login in Addresses.All.Select(p => p.Login).Distinct())
        {
            using var visit = new HttpVisit(office.Address);
            if (login.Length > 0)
                await visit.SignInAsync(login);
            await visit.GetAsync("/language/fr?back=/");
            foreach (var path in Addresses.In("fr", login))
            {
                var page = await HttpVisit.ReadAsync(await visit.GetAsync(path));
                page.DocumentElement.GetAttribute("lang").ShouldBe("fr", path);
                // What says of itself that it is in another language, such as a letter to a member, is.
                var french = page.Body!.GetDescendants().OfType<IText>().Where(t => t.ParentElement?.Closest("[lang]")?.GetAttribute("lang") is null or "fr");
                found.AddRange(GermanTexts.Among(french.Select(t => t.Data)).Select(text => $"{path}: {text}"));
            }
        }
        found.ShouldBeEmpty();
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\{(\d)[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex("\"([A-Za-z0-9._-]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$""([A-Za-z0-9._-]+\.)\{")]
    private static partial Regex Computed();
}
