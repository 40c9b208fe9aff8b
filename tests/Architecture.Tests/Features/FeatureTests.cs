using System.Reflection;
using Association.Host.Startup;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Features;

public sealed class FeatureTests
{
    public static TheoryData<string> Projects => new(House.Projects().Select(p => p.Folder).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void features_of_a_project_do_not_go_in_circles(string folder) => GraphOf(folder).ShortestCircle().ShouldBeEmpty();

    [Fact]
    public void the_rule_sees_pages_and_lambdas_and_constants_of_the_real_projects()
    {
        var billing = GraphOf("Modules/Billing").References.Select(r => r.Where).ToList();

        billing.ShouldContain("OpenItemsPage uses OpeningTexts");
        billing.ShouldContain("IssueInvoicesHandler uses AccountRefresh");
        GraphOf("Platform/Web").References.Select(r => r.Where).ShouldContain("IFilteredList.cs has using Association.Platform.Web.Modules;");
    }

    [Fact]
    public void a_circle_is_found_with_what_makes_it() =>
        FeatureGraph
            .Of(Circle.Root, Circle.Types("Shop", "Stock"))
            .ShortestCircle()
            .ShouldBe([$"{Circle.Root}: Shop → Stock: Order uses Shelf", $"{Circle.Root}: Stock → Shop: Shelf uses Order"]);

    [Fact]
    public void the_way_through_a_type_beside_the_features_counts() =>
        FeatureGraph.Of(Circle.Root, Circle.Types("Door", "")).ShortestCircle().Count.ShouldBe(2);

    [Fact]
    public void arrows_of_one_direction_are_no_circle() => FeatureGraph.Of(Circle.Root, Circle.Types("Shop", "Till")).ShortestCircle().ShouldBeEmpty();

    [Theory]
    [InlineData("InBody")]
    [InlineData("InAsyncLambda")]
    [InlineData("InGenericArgument")]
    [InlineData("InAttribute")]
    [InlineData("InArrayOfParameter")]
    [InlineData("InCatch")]
    public void a_type_is_seen_wherever_it_stands(string where) =>
        FeatureGraph.Of(Circle.Root, Circle.Types("Places")).References.Select(r => r.Where).ShouldContain($"{where} uses Shelf");

    [Fact]
    public void a_using_tells_of_what_the_compiler_copied() =>
        FeatureGraph
            .Usings("A.B", [("src/Page.cs", "using A.B.Below.Deep;\nusing A.B.Above;\nusing A.Other;\n\nnamespace A.B.Above.Deep;\n")])
            .ShouldBe([new FeatureGraph.Reference("Above", "Below", "Page.cs has using A.B.Below.Deep;")]);

    private static FeatureGraph GraphOf(string folder)
    {
        var path = Path.Combine(House.Root, "src", folder);
        var root = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(path, "*.csproj").Single());
        return FeatureGraph.Of(
            root,
            folder == "Host" ? typeof(HostComposition).Assembly : Assembly.Load(root), // whose file is named as a person calls the program
            from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            select (file, File.ReadAllText(file))
        );
    }
}
