using System.Text.RegularExpressions;
using Association.Host.Startup;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>
/// <c>Migrations.txt</c> lists every migration in the order in which it came, with the digest of its text; a new module has one beside its own tests. Whoever
/// adds a file appends a line: two people who take one number meet there, a number that comes late does not fit behind the last, and a text that ran on
/// somebody's database cannot change unnoticed.
/// </summary>
public sealed partial class MigrationRulesTests
{
    private static readonly IReadOnlyList<string> List = AccessTable.Rows("Migrations.txt");

    // Two that took one number before there was this list; their names order them.
    private static readonly string[] Twins = ["billing/0004_account", "billing/0004_printing"];

    // Each text that a function or view had, with its number and digest.
    private static readonly IReadOnlyList<string> Functions = AccessTable.Rows("Functions.txt");

    // Before functions had a file of their own, the next migration said them anew.
    private static readonly string[] Restating =
    [
        "billing/0002_seal_by_index",
        "billing/0004_account",
        "billing/0006_relief_of_openings",
        "billing/0007_income_accounts",
        "membership/0006_corrections",
        "membership/0009_corrections_of_all_kinds",
    ];

    private static readonly IReadOnlyList<SchemaMigrations> Schemas =
    [
        .. HostComposition.CreateBuilder().Services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>(),
    ];

    private static IReadOnlyList<string> Carried => [.. Schemas.SelectMany(s => s.Read().Select(m => $"{s.Schema}/{m.Name} {m.Digest}"))];

    private static IReadOnlyList<(string Schema, RepeatableSql Sql)> Replaced => [.. Schemas.SelectMany(s => s.Functions().Select(f => (s.Schema, f)))];

    [Fact]
    public void each_is_listed_with_the_digest_of_its_text()
    {
        Carried.Except(List).ShouldBeEmpty("to be appended to Migrations.txt, if nobody has them yet; a text that ran is not changed, a new file is");
        List.Except(Carried).ShouldBeEmpty("gone, or changed after it ran");
        List.ShouldBeUnique();
    }

    [Fact]
    public void each_came_behind_all_others_of_its_schema()
    {
        foreach (var schema in List.GroupBy(line => line.Split('/')[0]))
            schema.ToArray().ShouldBe(schema.Order(StringComparer.Ordinal).ToArray(), customMessage: "a database that is ahead of a number would run it late");
    }

    [Fact]
    public void no_number_is_taken_twice()
    {
        var names = List.Select(line => line.Split(' ')[0]).ToList();
        names.ShouldAllBe(name => Form().IsMatch(name));
        names.Except(Twins).CountBy(name => name[..(name.IndexOf('/') + 5)]).Where(n => n.Value > 1).Select(n => n.Key).ShouldBeEmpty();
    }

    [Fact]
    public void a_function_has_a_number_for_each_of_its_texts()
    {
        Replaced
            .Select(f => $"{f.Schema}/{f.Sql.Name} {f.Sql.Revision} {f.Sql.Digest}")
            .Except(Functions)
            .ShouldBeEmpty("to be appended to Functions.txt beside the module's tests; a changed text also raises the number in its first line");
        Functions.Select(line => line[..line.LastIndexOf(' ')]).ShouldBeUnique("one text, one number");
        foreach (var function in Functions.Select(line => line.Split(' ')).GroupBy(words => words[0], words => words[1]))
            function.ShouldBe(Enumerable.Range(1, function.Count()).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), function.Key);
    }

    [Fact]
    public void a_function_lies_in_the_file_of_its_name()
    {
        Replaced.ShouldNotBeEmpty();
        Replaced.Where(f => Restated(f.Sql.Sql).Single() != $"{f.Schema}.{f.Sql.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void no_numbered_file_restates_what_another_one_made() =>
        Schemas
            .SelectMany(s => s.Read().Select(m => (Name: $"{s.Schema}/{m.Name}", m.Sql)))
            .Where(m => !Restating.Contains(m.Name))
            .SelectMany(m => Restated(m.Sql).Select(function => $"{m.Name} restates {function}"))
            .ShouldBeEmpty("its whole text lies once, in Data/Functions");

    [Theory]
    [InlineData("create or replace function billing.total() returns", "billing.total")]
    [InlineData("CREATE OR REPLACE VIEW billing.total AS", "billing.total")]
    [InlineData("create function billing.total() returns", null)]
    public void what_restates_is_found(string sql, string? name) => Restated(sql).SingleOrDefault().ShouldBe(name);

    private static IEnumerable<string> Restated(string sql) => Restatement().Matches(sql).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\bcreate\s+or\s+replace\s+(?:function|procedure|view|trigger)\s+([\w.]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Restatement();

    [GeneratedRegex("^[a-z_]+/[0-9]{4}_[a-z_]+$")]
    private static partial Regex Form();
}
