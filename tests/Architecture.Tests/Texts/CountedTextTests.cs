using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>„1 Zeilen“ stands nowhere: a text with a number has the noun's forms, and who asks for it passes a <c>Count</c> (decision record 38).</summary>
public sealed class CountedTextTests
{
    private static readonly string[] Languages = ["de", "fr", "en"];

    [Fact]
    public void a_number_before_a_plural_brings_the_form_for_one()
    {
        var wrong = new List<string>();
        foreach (var language in Languages)
        {
            var plurals = Texts(language).SelectMany(t => CountedTexts.Plurals(t.Text, language)).ToHashSet(StringComparer.Ordinal);
            plurals.Count.ShouldBeGreaterThan(20);
            wrong.AddRange(
                from text in Texts(language)
                from plural in CountedTexts.WithoutForm(text.Text, language, plurals)
                select $"{Path.GetFileName(text.Resource)} {text.Key} ({language}): {plural}"
            );
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void who_asks_for_a_text_with_forms_passes_a_count()
    {
        var wrong = new List<string>();
        foreach (var resource in HouseTexts.Resources)
        foreach (var key in HouseTexts.KeysOf(resource))
        {
            var formed = Languages.SelectMany(l => CountedTexts.Formed(HouseTexts.TextsOf(resource, l)[key])).Distinct().ToList();
            if (formed.Count > 0 && !IsCounted(resource, key, formed))
                wrong.Add($"{Path.GetFileName(resource)} {key}: {{{string.Join("}, {", formed)}}}");
        }
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("de", "{0} Zeilen gelesen", "{0} Zeilen gelesen")]
    [InlineData("de", "{0} weitere Zeilen", "{0} weitere Zeilen")]
    [InlineData("de", "{0} Spenden", "{0} Spenden")]
    [InlineData("de", "{0} {0:Zeile|Zeilen} gelesen", "")]
    [InlineData("de", "höchstens {0} Zeichen", "")]
    [InlineData("de", "Der Lauf {0} wartet auf Belege", "")]
    [InlineData("fr", "{0} lignes lues", "{0} lignes lues")]
    [InlineData("fr", "{0} {0:ligne lue|lignes lues}", "")]
    [InlineData("en", "{0} rows", "{0} rows")]
    [InlineData("en", "{0} waits", "")]
    public void a_plural_without_the_form_for_one_is_found(string language, string text, string found) =>
        CountedTexts.WithoutForm(text, language, new HashSet<string> { "Zeilen", "lignes", "rows" }).FirstOrDefault("").ShouldBe(found);

    [Fact]
    public void plurals_are_learnt_from_the_forms()
    {
        CountedTexts.Plurals("{0} {0:Beleg|Belege} in {1} {1:Umschlag|Umschlägen}, {2:er|sie} {1:wartet|warten}", "de").ShouldBe(["Belege", "Umschlägen"]);
        CountedTexts.Plurals("{0} {0:facture est|factures sont}, {1} {1:reste|restent}", "fr").ShouldBe(["factures"]);
        CountedTexts.Formed("{0} {0:Beleg|Belege} in {1} {1:Umschlag|Umschlägen}: {2}").ShouldBe([0, 1]);
    }

    [Theory]
    [InlineData("""L["Rows", new Count(n)]""", true)]
    [InlineData("""L[$"Ro{x}", new Count(rows.Sum(r => r.Lines))]""", true)]
    [InlineData("""L["Rows", Formats.Number(n)]""", false)]
    [InlineData("""L["Rows"]""", false)]
    [InlineData("""L["Rows", name, new Count(n)]""", false)]
    public void a_count_is_seen_at_its_place(string source, bool counted) =>
        TextUses.In("IStringLocalizer<WhoTexts> L\n" + source).ShouldHaveSingleItem().Passes([0]).ShouldBe(counted);

    // Where a use is seen it has to pass counts. A key that wanders through a variable first is said by a file that makes counts.
    private static bool IsCounted(string resource, string key, List<int> formed)
    {
        var exact = Asked[(resource, key)].ToList();
        if (exact.Count > 0)
            return exact.TrueForAll(use => use.Passes(formed));
        return Patterns.Any(p => p.Resource == resource && Regex.IsMatch(key, p.Use.Key) && p.Use.Passes(formed))
            || HouseTexts.Sources.Any(s => s.Text.Contains("new Count(", StringComparison.Ordinal) && Names(s.Text, key));
    }

    // "Plain.Missing", or "AskCount." of Reason.AskCount.beds, or $"Measure.{measure}.Count", or SpreadsheetProblem.TooManyRows.
    private static bool Names(string source, string key)
    {
        var parts = key.Split('.');
        return source.Contains($"\"{key}\"", StringComparison.Ordinal)
            || Regex.IsMatch(source, $@"\.{Regex.Escape(parts[^1])}\b[^;]*new Count\(")
            || (
                parts.Length > 2
                && Regex.IsMatch(source, $@"""(?:{Regex.Escape(parts[^2])}\.|{Regex.Escape(parts[0])}\.\{{\w+\}}\.{Regex.Escape(parts[^1])})""")
            );
    }

    private static readonly ILookup<(string Resource, string Key), TextUse> Asked = HouseTexts
        .Uses.Where(u => !u.Use.IsPattern)
        .SelectMany(u => HouseTexts.ResourcesOf(u.Use, u.File).Select(r => (Resource: r, u.Use)))
        .ToLookup(u => (u.Resource, u.Use.Key), u => u.Use);

    private static readonly IReadOnlyList<(string Resource, TextUse Use)> Patterns =
    [
        .. HouseTexts.Uses.Where(u => u.Use.IsPattern).SelectMany(u => HouseTexts.ResourcesOf(u.Use, u.File).Select(r => (r, u.Use))),
    ];

    private static IEnumerable<(string Resource, string Key, string Text)> Texts(string language) =>
        HouseTexts.Resources.SelectMany(r => HouseTexts.TextsOf(r, language).Select(t => (r, t.Key, t.Value)));
}
