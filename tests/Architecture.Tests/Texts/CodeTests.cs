using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>Codes of the database („company“, „direct_debit“) are never shown to a person.</summary>
public sealed partial class CodeTests
{
    [Fact]
    public void a_history_says_every_code_of_its_tables_in_words()
    {
        var migrations = string.Join('\n', House.Files("src", ".sql").Select(File.ReadAllText));
        var (silent, codes) = (new List<string>(), 0);
        foreach (var (file, page) in HouseTexts.Sources.Where(s => s.Text.Contains("<History ", StringComparison.Ordinal)))
        {
            var use = new TextUse(TextUses.Names(page).First(n => n.Name == "L").Marker, "", false);
            var shown = HouseTexts.ResourcesOf(use, file).SelectMany(HouseTexts.KeysOf).ToHashSet(StringComparer.Ordinal);
            foreach (var column in Tables(page).SelectMany(table => CodeColumns(migrations, table)).Where(c => shown.Contains("History." + c)).Distinct())
            {
                codes++;
                if (!page.Contains($"\"{column}\"", StringComparison.Ordinal))
                    silent.Add($"{Path.GetFileName(file)}: {column}");
            }
        }
        silent.ShouldBeEmpty();
        codes.ShouldBeGreaterThan(6);
    }

    [Fact]
    public void every_kind_of_mail_has_a_name()
    {
        var resource = HouseTexts.Resources.Single(r => Path.GetFileName(r) == "OutgoingTexts.resx");
        var kinds = HouseTexts
            .Sources.Where(s =>
                s.Text.Contains("NewMail(", StringComparison.Ordinal)
                || s.Text.Contains("MailAsync(", StringComparison.Ordinal)
                || s.Text.Contains("PurposeOf(", StringComparison.Ordinal)
            )
            .SelectMany(s => Purpose().Matches(s.Text).Select(m => m.Groups[1].Value))
            .Distinct()
            .ToList();
        kinds.Count.ShouldBeGreaterThan(3);
        kinds.Where(k => !HouseTexts.TextsOf(resource).ContainsKey("Kind." + k)).ShouldBeEmpty();
    }

    [Fact]
    public void columns_with_codes_are_found() =>
        CodeColumns(
                """
                create table sample.thing (
                  id uuid primary key,
                  state text not null default 'open' check (state in ('open', 'done')),
                  category text not null references membership.category,
                  name text not null check (btrim(name) <> '')
                );
                alter table sample.thing add column next_category text references membership.category (code);
                create table sample.other (kind text check (kind in ('a', 'b')));
                """,
                "sample.thing"
            )
            .ShouldBe(["state", "category", "next_category"]);

    private static IEnumerable<string> Tables(string page) => Table().Matches(page).Select(m => m.Groups[1].Value);

    // Columns that take a few words only, or the code of a category.
    private static IEnumerable<string> CodeColumns(string migrations, string table)
    {
        var name = Regex.Escape(table);
        return
        [
            .. from create in Regex.Matches(migrations, $@"create table {name} \((?<body>.*?)^\s*\);", RegexOptions.Singleline | RegexOptions.Multiline)
            from column in Coded().Matches(create.Groups["body"].Value)
            select column.Groups[1].Value,
            .. from alter in Regex.Matches(migrations, $@"alter table {name}\b(?<body>[^;]*);")
            from column in Coded().Matches(alter.Groups["body"].Value)
            select column.Groups[1].Value,
        ];
    }

    [GeneratedRegex("\\(\"(\\w+\\.\\w+)\",")]
    private static partial Regex Table();

    [GeneratedRegex(@"\b(\w+)\s+text\b[^,\n]*?(?:check \(\1 in \('|references membership\.category)")]
    private static partial Regex Coded();

    [GeneratedRegex(@"\$""([a-z-]+):\{")]
    private static partial Regex Purpose();
}
