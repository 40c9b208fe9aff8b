using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary><em>Heute</em> is a plan: every row says when, and beside the rows stands how far the dues year is.</summary>
[Collection(FilledOfficeCollection.Name)]
public sealed class TodayPlanTests(FilledOffice filled)
{
    [Fact]
    public async Task every_task_has_its_day_and_its_one_button()
    {
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        var tasks = (await anna.ReadAsync("/office")).QuerySelectorAll(".task");
        tasks.Length.ShouldBeGreaterThan(3);
        foreach (var task in tasks)
        {
            task.QuerySelector(".when")!.TextContent.Trim().ShouldNotBeEmpty(task.TextContent);
            task.QuerySelectorAll(".go .btn:not(.btn-icon)").ShouldHaveSingleItem();
        }
        // The office's day is Monday, 23 November 2026.
        tasks.Single(t => t.TextContent.Contains("Angaben klären", StringComparison.Ordinal)).QuerySelector(".when")!.TextContent.ShouldBe("bis Fr, 27.11.");
    }

    [Fact]
    public async Task the_dues_year_stands_beside_with_what_is_behind_and_what_is_ahead()
    {
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        var page = await anna.ReadAsync("/office");
        page.QuerySelectorAll("aside h2").Select(h => h.TextContent).ShouldContain("Beitragsjahr 2027");
        page.QuerySelectorAll(".plan li")
            .Select(l => (l.ClassName, l.QuerySelector("a")!.TextContent, l.QuerySelector("time")!.TextContent))
            .ShouldBe([
                ("plan-done", "Lauf eingereicht", "23.11.2026"),
                ("plan-done", "Von zweiter Person freigegeben", "23.11.2026"),
                ("plan-done", "Rechnungen ausgestellt", "23.11.2026"),
                ("plan-ahead", "Beiträge fällig", "15.02.2027"),
            ]);
        page.QuerySelector(".plan a")!.GetAttribute("href").ShouldBe($"/office/dues/{filled.Run}");
    }
}
