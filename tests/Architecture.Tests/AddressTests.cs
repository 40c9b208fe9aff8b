using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>
/// The address of a page stands in two places: at the page (<c>@page</c>) and in the list of addresses that its module gives to others
/// (<c>MembershipPages</c>), from
/// which every link, redirect, task and hit takes it. Whoever moves a page then finds all that leads there.
/// </summary>
public sealed partial class AddressTests
{
    [Fact]
    public void addresses_are_written_in_the_lists_of_addresses_only()
    {
        var sources = Sources().ToList();

        sources.Count.ShouldBeGreaterThan(500);
        sources.SelectMany(s => s.Text.Split('\n').Where(IsLiteral).Select(line => $"{s.File}: {line.Trim()}")).ShouldBeEmpty();
    }

    [Fact]
    public void every_list_of_addresses_is_there() =>
        Directory
            .EnumerateFiles(Path.Combine(House.Root, "src"), "*Pages.cs", SearchOption.AllDirectories)
            .Where(IsList)
            .Select(f => Path.GetFileName(f))
            .ShouldBe(
                House
                    .Contracts.SelectMany(a => a.GetTypes())
                    .Where(t => t.Name.EndsWith("Pages", StringComparison.Ordinal))
                    .Select(t => t.Name + ".cs")
                    .Append("ShellPages.cs"),
                ignoreOrder: true
            );

    [Theory]
    [InlineData("""<a href="/office/members">""", true)]
    [InlineData("""<form action="/anything/else">""", true)]
    [InlineData("""Nav.NavigateTo("/office");""", true)]
    [InlineData("""return $"/office/members/{number}";""", true)]
    [InlineData("""var back = signedIn ? "/office?mine=1" : "/sign-in";""", true)]
    [InlineData("""@page "/office/members/{Number}" """, false)]
    [InlineData("""<a href="@MembershipPages.Members">""", false)]
    [InlineData("""return $"{MembershipPages.Members}/{number}";""", false)]
    [InlineData("""routes.MapGet(MembershipPages.Dues + "/{code}/charges.xlsx", WriteAsync);""", false)]
    [InlineData("""public const string Office = Overview + "/office";""", false)]
    public void an_address_that_is_written_elsewhere_is_found(string line, bool isLiteral) => IsLiteral(line).ShouldBe(isLiteral);

    private static IEnumerable<(string File, string Text)> Sources() =>
        from file in Directory.EnumerateFiles(Path.Combine(House.Root, "src"), "*.*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".razor"
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !IsList(file)
        select (Path.GetRelativePath(House.Root, file), File.ReadAllText(file));

    private static bool IsList(string file) =>
        file.EndsWith("Pages.cs", StringComparison.Ordinal)
        && (Path.GetDirectoryName(file)!.EndsWith(".Contracts", StringComparison.Ordinal) || Path.GetFileName(file) == "ShellPages.cs");

    private static bool IsLiteral(string line) =>
        !line.StartsWith("@page ", StringComparison.Ordinal) && !Comment().IsMatch(line) && (Literal().IsMatch(line) || Attribute().IsMatch(line));

    [GeneratedRegex(@"(?<!\+ )""/(office|sign-in|sign-out|invitation)(?![\w-])")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b(href|action|src|Href|BackHref)=""/[a-z]", RegexOptions.IgnoreCase)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^\s*//")]
    private static partial Regex Comment();
}
