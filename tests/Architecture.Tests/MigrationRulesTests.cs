using System.Text.RegularExpressions;
using Association.Host.Startup;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>
/// <c>Migrations.txt</c> lists every migration in the order in which it came, with the digest of its text. Whoever adds one appends a line: two people who
/// take one number meet there, a number that comes late does not fit behind the last, and a text that ran on somebody's database cannot change unnoticed.
/// </summary>
public sealed partial class MigrationRulesTests
{
    private static readonly string[] List = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Architecture.Tests", "Migrations.txt"));

    // Two that took one number before there was this list; their names order them.
    private static readonly string[] Twins = ["billing/0004_account", "billing/0004_printing"];

    private static IReadOnlyList<string> Carried =>
        [
            .. HostComposition
                .CreateBuilder()
                .Services.Select(s => s.ImplementationInstance)
                .OfType<SchemaMigrations>()
                .SelectMany(s => s.Read().Select(m => $"{s.Schema}/{m.Name} {m.Digest}")),
        ];

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

    [GeneratedRegex("^[a-z_]+/[0-9]{4}_[a-z_]+$")]
    private static partial Regex Form();
}
