using System.Text.RegularExpressions;
using Association.Platform.Documents.Excel;
using Dapper;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The office works with its lists: filters, columns, views of its own, tags, many members at once, workbooks.</summary>
[Collection(OfficeCollection.Name)]
public sealed class ListsWalkTests(OfficeHost office, Chromium chromium) : IAsyncLifetime
{
    [SkippableFact]
    public async Task a_view_is_made_kept_shared_and_many_members_get_a_tag_that_is_taken_back()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        var page = visit.Page;
        await visit.SignInAsync("office");
        await page.GotoAsync("/office/members");
        await visit.ShootAsync("lists-1-members");

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Kategorie", Exact = true }).SelectOptionAsync("hospital");
        page.Url.ShouldEndWith("/office/members", customMessage: "a choice alone leads nowhere");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anwenden", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/office/members?category=hospital");
        await page.GetByText("Spalten", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "E-Mail" }).CheckAsync();
        await page.GetByLabel("Platz von E-Mail").FillAsync("3");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Zahlweise" }).UncheckAsync();
        await visit.ShootAsync("lists-2-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spalten anwenden" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader).Nth(3)).ToHaveTextAsync("E-Mail");
        (await page.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync())
            .Select(h => h.Trim())
            .Skip(1)
            .Take(4)
            .ShouldBe(["Nr.", "Mitglied", "E-Mail", "Kategorie"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Ansicht speichern" }).ClickAsync();
        await page.GetByLabel("Name der Ansicht").FillAsync("Kliniken mit E-Mail");
        await page.GetByLabel("Mit der Geschäftsstelle teilen").CheckAsync();
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("lists-3-save-view");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ansicht speichern" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Ansicht „Kliniken mit E-Mail“ gespeichert.");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Kliniken mit E-Mail [0-9]+$") }))
            .ToHaveAttributeAsync("aria-current", "page");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        (await page.EvaluateAsync<int>("[...document.querySelectorAll('.rowname a')].indexOf(document.activeElement)")).ShouldBe(1);

        foreach (var box in (await page.Locator("tbody input[type=checkbox]").AllAsync()).Take(3))
            await box.CheckAsync();
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("lists-4-selected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schlagwort geben" }).ClickAsync();
        await Expect(page.GetByText("3 Mitglieder bekommen ein Schlagwort.")).ToBeVisibleAsync();
        await page.GetByLabel("Schlagwort", new() { Exact = true }).FillAsync("Klinikrunde");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("lists-5-tag");
        await page.GetByRole(AriaRole.Button, new() { Name = "3 Mitgliedern geben" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("3 Mitglieder haben das Schlagwort.");
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Zurücknehmen" }).ClickAsync();
        await visit.ShootAsync("lists-6-undo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Für 3 Mitglieder zurücknehmen" }).ClickAsync();
        await Expect(page.GetByText("Anna Dörr hat das zurückgenommen.")).ToBeVisibleAsync();

        await page.GotoAsync("/office/members?category=hospital&status=Active");
        await page.GetByText("Treffer bearbeiten").ClickAsync();
        await page.Locator(".bulk-all").GetByRole(AriaRole.Link, new() { Name = "Kategorie wechseln" }).ClickAsync();
        await page.GetByLabel("Neue Kategorie").SelectOptionAsync("company");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("lists-7-category");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Mitglieder wechseln lassen") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Der Wechsel ist für");
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Zurücknehmen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Für .* zurücknehmen$") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Zurückgenommen.");
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task without_script_a_view_is_deleted_and_brought_back_tags_are_merged_and_what_is_ticked_becomes_a_workbook()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, scripts: false);
        var page = visit.Page;
        await visit.SignInAsync("office");
        await page.GotoAsync("/office/members?status=Active");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ansicht speichern" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ansicht speichern" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Die Ansicht braucht einen Namen.");
        await page.GetByLabel("Name der Ansicht").FillAsync("Meine Aktiven");
        await page.GetByLabel("Zuerst zeigen").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ansicht speichern" }).ClickAsync();
        await page.GotoAsync("/office/members");
        await page.WaitForURLAsync("**/office/members?status=Active"); // what is wanted first
        await page.GotoAsync("/office/views");
        await visit.ShootAsync("lists-8-views");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ansicht „Meine Aktiven“ ändern" }).ClickAsync();
        await visit.ShootAsync("lists-9-view");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ansicht löschen" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Zurückholen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ansicht zurückholen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("ist wieder da");

        await page.GotoAsync("/office/members/5005");
        foreach (var tag in new[] { "Presse", "Presseverteiler" })
        {
            await page.Locator("summary").Filter(new() { HasText = "Schlagwort geben" }).ClickAsync();
            await page.GetByLabel("Schlagwort", new() { Exact = true }).FillAsync(tag);
            await page.GetByRole(AriaRole.Button, new() { Name = "Geben" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = tag, Exact = true })).ToBeVisibleAsync();
        }
        await visit.ShootAsync("lists-10-member");
        await page.GotoAsync("/office/members/tags");
        await page.GetByRole(AriaRole.Link, new() { Name = "Schlagwort „Presse“ ändern" }).ClickAsync();
        await page.GetByLabel("Aufgehen in").SelectOptionAsync("Presseverteiler");
        await visit.ShootAsync("lists-11-tag");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zusammenlegen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Zusammengelegt.");
        await visit.ShootAsync("lists-12-tags");

        await page.GotoAsync("/office/members?view=all&cols=number,name,tags,email");
        foreach (var box in (await page.Locator("tbody input[type=checkbox]").AllAsync()).Take(2))
            await box.CheckAsync();
        await visit.ShootAsync("lists-13-ticked");
        var numbers = await page.Locator("tbody input:checked").EvaluateAllAsync<string[]>("boxes => boxes.map(b => 'n=' + b.value)");
        var file = await page.Context.APIRequest.GetAsync($"/office/members/export?{string.Join('&', numbers)}&cols=number,name,tags,email");
        var rows = SpreadsheetReader.Read(await file.BodyAsync(), "Mitglieder.xlsx").Sheets.Single().Rows;
        rows.Count.ShouldBe(3);
        rows[0].Cells.Select(c => c.Text).ShouldBe(["Nr.", "Mitglied", "Schlagworte", "E-Mail"]);
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task ticked_members_get_a_letter_each_in_one_file()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        var page = visit.Page;
        await visit.SignInAsync("office");
        await page.GotoAsync("/office/members?category=hospital");
        foreach (var box in await page.Locator("tbody input[type=checkbox]").AllAsync())
            await box.CheckAsync();
        await page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Serienbrief" }).ClickAsync();
        await page.GetByLabel("Betreff").FillAsync("Einladung zur Klinikrunde {Jahr}");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("{Anrede}\n\nwir laden {Nahme} ein.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync();
        await Expect(page.GetByText("Zeile 3, Zeichen 11: Ein Feld „Nahme“ gibt es nicht. Gemeint ist vermutlich „Name“.").First).ToBeVisibleAsync();
        await visit.ShootAsync("letters-1-unknown-field");
        await page.GetByLabel("Text", new() { Exact = true })
            .FillAsync(
                "{Anrede}\n\nwir laden {Name} herzlich zur Klinikrunde ein. Sie beginnt am ersten Dienstag im März um 17 Uhr.\n\nMit freundlichen Grüßen\nAnna Dörr"
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync();
        await Expect(page.Locator("aside strong")).ToContainTextAsync("Einladung zur Klinikrunde 20");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("letters-2-preview");
        await page.SetViewportSizeAsync(390, 844);
        await visit.ShouldFitAsync();
        await visit.ShootAsync("letters-3-phone");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Briefe? herstellen$") }).ClickAsync();
        var print = page.GetByRole(AriaRole.Link, new() { Name = "Druckdatei öffnen" });
        await visit.ReloadUntilAsync(print);
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("letters-4-made");
        var file = await page.Context.APIRequest.GetAsync(new Uri(office.Address, $"{new Uri(page.Url).AbsolutePath}/print.pdf").ToString());
        file.Status.ShouldBe(200);
        await File.WriteAllBytesAsync(Path.Combine(Testing.Repository.Root, "artifacts", "screenshots", "letters.pdf"), await file.BodyAsync());
        await page.GotoAsync("/office/members/letters");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Einladung zur Klinikrunde {Jahr}" })).ToBeVisibleAsync();
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task the_lists_are_accessible_in_both_themes_and_fit_a_phone(ColorScheme theme)
    {
        await using var visit = await Visit.BeginAsync(chromium, office, theme: theme);
        await visit.SignInAsync("office");
        await visit.SpeakAsync("fr");
        foreach (
            var (name, path) in new[]
            {
                ("members", "/office/members?missing=Phone&since=2000-01-01&cols=number,name,postal_code,town,email,phone,tags,status"),
                ("invoices", "/office/invoices?days=3"),
                ("open-items", "/office/open-items?openfrom=10"),
                ("views", "/office/views"),
                ("bulk", "/office/members/bulk/category?all=1"),
            }
        )
        {
            await visit.Page.SetViewportSizeAsync(1280, 900);
            await visit.Page.GotoAsync(path);
            await visit.ShouldBeAccessibleAsync();
            await visit.ShootAsync($"lists-{name}-{theme}".ToLowerInvariant());
            await visit.Page.SetViewportSizeAsync(390, 844);
            await visit.ShouldFitAsync();
            await visit.ShootAsync($"lists-{name}-{theme}-phone".ToLowerInvariant());
        }
        visit.Complaints.ShouldBeEmpty();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // Other walks look at the same office: none of them expects a first view, a tag or a planned category.
    public async Task DisposeAsync()
    {
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync("delete from platform.saved_view; delete from membership.tag; delete from membership.bulk_action");
    }
}
