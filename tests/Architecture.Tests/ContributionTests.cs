using Association.Host.Startup;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>Tasks, figures, deadlines, verbs, series and whatever else a module contributes: it has them, and nobody lists them.</summary>
public sealed class ContributionTests
{
    private static readonly IReadOnlyList<(Type Point, Type By)> Contributions =
    [
        .. from type in HostComposition.Modules.Select(m => m.Assembly).Distinct().SelectMany(a => a.GetTypes())
        where type is { IsClass: true, IsAbstract: false }
        from point in type.GetInterfaces()
        where point.IsDefined(typeof(ContributionAttribute), inherit: false)
        select (point, type),
    ];

    [Fact]
    public void every_contribution_of_every_module_is_found()
    {
        var found = HostComposition.CreateBuilder().Services.Select(s => (s.ServiceType, s.ImplementationType)).ToHashSet();

        Contributions.Select(c => c.By.Assembly).Distinct().Count().ShouldBe(House.Modules.Count, "each module contributes something");
        Contributions.Where(c => !found.Contains((c.Point, c.By))).ShouldBeEmpty();
    }

    [Fact]
    public void every_contribution_point_stands_in_the_architecture()
    {
        var written = File.ReadAllText(Path.Combine(House.Root, "docs", "architecture.md"));

        Contributions.Select(c => $"`{c.Point.Name}`").Distinct().Where(point => !written.Contains(point, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
