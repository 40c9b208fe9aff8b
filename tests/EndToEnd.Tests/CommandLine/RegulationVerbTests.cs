using System.Text.Json;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>What the pages of the regulation show, by command line.</summary>
public sealed class RegulationVerbTests(OfficeByCommandLine office) : IClassFixture<OfficeByCommandLine>
{
    [Fact]
    public async Task versions_are_listed_shown_and_simulated()
    {
        var version = (await office.RunAsync("dues-regulation", "list")).EnumerateArray().ShouldHaveSingleItem();
        (version.GetProperty("number").GetInt32(), version.GetProperty("state").GetString(), version.GetProperty("validFrom").GetString()).ShouldBe(
            (1, "in_force", "2027-01-01")
        );

        var shown = await office.RunAsync("dues-regulation", "show", "1");
        shown.GetProperty("rules").GetArrayLength().ShouldBe(9);
        shown.GetProperty("rules")[0].GetProperty("lines")[0].GetString()!.Replace('\u00a0', ' ').ShouldBe("bis 99: 900,00 €");

        var simulated = await office.RunAsync("dues-regulation", "simulate", "1", "--year", "2028", "--values", "year");
        (simulated.GetProperty("values").GetString(), simulated.GetProperty("total").GetProperty("members").GetInt32()).ShouldBe(("year", 0));
        simulated.GetProperty("baseline").ValueKind.ShouldBe(JsonValueKind.Null);

        var (exit, _, error) = await office.TryAsync("dues-regulation", "show", "7");
        (exit, error.Contains("Eine Fassung 7 gibt es nicht.", StringComparison.Ordinal)).ShouldBe((1, true));
    }
}
