using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The administrator looks after what runs by the calendar.</summary>
[Collection(OfficeCollection.Name)]
public sealed class JobsWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task a_job_is_run_by_hand_paused_and_resumed()
    {
        await using var admin = await Visit.BeginAsync(chromium, office, scripts: false);
        await admin.SignInAsync("admin");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Aufträge" }).ClickAsync();
        await Expect(admin.Page.GetByText("täglich um 03:15 Uhr")).ToBeVisibleAsync();
        await admin.Page.GetByRole(AriaRole.Form, new() { Name = "Jetzt ausführen: Bücher prüfen" }).GetByRole(AriaRole.Button).ClickAsync();

        await Expect(admin.Page.GetByText("„Bücher prüfen“ ist angestoßen.")).ToBeVisibleAsync();
        var first = admin.Page.Locator("tbody .state").First;
        await admin.ReloadUntilAsync(first.Filter(new() { HasText = "stimmt" }));
        // The findings are noted before the run is over: what follows looks at a page on which both are.
        await admin.ReloadUntilAsync(admin.Page.Locator(".head .state").Filter(new() { HasText = "erledigt" }));
        await Expect(first).ToHaveTextAsync("stimmt");
        await Expect(admin.Page.Locator(".head .state")).ToHaveTextAsync("erledigt");
        await Expect(admin.Page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new Regex("Das Forderungsbuch geht auf") })).ToBeVisibleAsync();
        await Expect(admin.Page.Locator("#runs + *, section[aria-labelledby=runs] tbody").Last).ToContainTextAsync("Rüdiger Lambert");
        await admin.ShootAsync("jobs-run");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Anhalten" }).ClickAsync();
        await Expect(admin.Page.Locator(".head .state")).ToHaveTextAsync("angehalten");
        await admin.Page.GotoAsync("/office/jobs");
        await admin.ShootAsync("jobs");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Bücher prüfen" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Fortsetzen" }).ClickAsync();
        await Expect(admin.Page.Locator(".head .state")).ToHaveTextAsync("erledigt");
        admin.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task the_board_looks_and_changes_nothing_also_on_a_phone()
    {
        await using var board = await Visit.BeginAsync(chromium, office, width: 320, height: 700);
        await board.SignInAsync("board");
        foreach (var (path, picture) in new[] { ("/office/jobs", "jobs-phone"), ("/office/jobs/operation.verify-books", "job-phone") })
        {
            await board.Page.GotoAsync(path);
            await Expect(board.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Jetzt ausführen|Anhalten|Fortsetzen") })).ToHaveCountAsync(0);
            await board.ShouldFitAsync();
            await board.ShouldBeAccessibleAsync();
            await board.ShootAsync(picture);
        }
    }
}
