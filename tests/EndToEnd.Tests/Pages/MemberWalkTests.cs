using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The member's page with its figures, and the member's file: a note, a document, a template, a letter by mail.</summary>
[Collection(OfficeCollection.Name)]
public sealed class MemberWalkTests(OfficeHost office, Chromium chromium)
{
    private const string Member = "/office/members/5005";

    [SkippableFact]
    public async Task the_members_page_opens_with_its_two_figures_and_nothing_breaks_out_of_its_card()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("office");
        foreach (var (width, height) in new[] { (1280, 900), (1440, 900), (390, 844) })
        {
            await visit.Page.SetViewportSizeAsync(width, height);
            foreach (var (path, picture) in new[] { (Member, "member"), (Member + "/notes", "member-notes-empty"), (Member + "/letter", "member-letter") })
            {
                await visit.Page.GotoAsync(path);
                await visit.ShouldFitAsync();
                await visit.ShouldBeAccessibleAsync();
                await visit.ShootAsync($"{picture}-{width}");
                (await SpilledAsync(visit.Page)).ShouldBeEmpty($"{path} at {width}");
            }
            await visit.Page.GotoAsync(Member);
            (await visit.Page.Locator(".figures dt").AllInnerTextsAsync()).Count.ShouldBe(2);
            await Expect(visit.Page.GetByLabel("Schlagwort", new() { Exact = true })).ToBeHiddenAsync();
        }
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task a_note_is_written_changed_and_withdrawn_a_file_kept_and_deleted_and_a_letter_mailed_from_a_template()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, scripts: false);
        var page = visit.Page;
        await visit.SignInAsync("office");

        await page.GotoAsync("/office/members/templates");
        await visit.ShootAsync("templates-empty");
        await page.GotoAsync("/office/members/templates/new");
        await page.GetByLabel("Name der Vorlage").FillAsync("Bestätigung der Mitgliedschaft");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorlage speichern" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("in mindestens einer Sprache");
        await page.GetByLabel("Betreff").First.FillAsync("Ihre Mitgliedschaft {Jahr}");
        await page.GetByLabel("Text", new() { Exact = true })
            .First.FillAsync("{Anrede}\n\n{Name} ist Mitglied Nr. {Mitgliedsnummer}.\n\nMit freundlichen Grüßen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorlage speichern" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("gespeichert");
        await visit.ShootAsync("templates");

        await page.GotoAsync(Member + "/notes");
        await page.GetByLabel("Notiz", new() { Exact = true }).FillAsync("Ruft wegen der Bettenzahl zurück.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Notiz ablegen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("abgelegt");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Notiz vom .* ändern$") }).ClickAsync();
        await page.GetByLabel("Notiz", new() { Exact = true }).FillAsync("Hat zurückgerufen: 640 Betten.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(page.GetByText("Hat zurückgerufen: 640 Betten.")).ToBeVisibleAsync();

        await page.GetByLabel("Datei", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "falsch.pdf",
                    MimeType = "application/pdf",
                    Buffer = "<html>"u8.ToArray(),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Datei ablegen" }).ClickAsync();
        await Expect(page.GetByText("Der Inhalt dieser Datei ist weder PDF")).ToBeVisibleAsync();
        await page.GetByLabel("Datei", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "Beitrittserklärung mit einem sehr langen Namen, wie Scanner ihn geben 2013-04-01.pdf",
                    MimeType = "application/pdf",
                    Buffer = "%PDF-1.7\n%%EOF\n"u8.ToArray(),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Datei ablegen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Beitrittserklärung.*pdf$") })).ToBeVisibleAsync();
        var answer = await page.APIRequest.GetAsync(
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Beitrittserklärung.*pdf$") }).First.EvaluateAsync<string>("a => a.href")
        );
        answer.Headers["content-disposition"].ShouldStartWith("attachment");
        answer.Headers["cache-control"].ShouldContain("no-store");

        await page.GotoAsync(Member + "/letter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bestätigung der Mitgliedschaft" }).ClickAsync();
        await Expect(page.GetByLabel("Betreff")).ToHaveValueAsync("Ihre Mitgliedschaft {Jahr}");
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^Beitrittserklärung") }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "E-Mail", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "So kommt die E-Mail an" })).ToBeVisibleAsync();
        await visit.ShootAsync("member-letter-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ablegen und auf den Weg geben" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("ist auf dem Weg");
        await visit.ShootAsync("member-letter-sent");

        foreach (var (width, height) in new[] { (1280, 900), (1440, 900), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.GotoAsync(Member + "/notes");
            await visit.ShouldFitAsync();
            await visit.ShootAsync($"member-notes-{width}");
        }
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Beitrittserklärung.* löschen$") }).ClickAsync();
        await visit.ShootAsync("member-file-delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Datei löschen" }).ClickAsync();
        await Expect(page.GetByText("Gelöscht von Anna Dörr")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Notiz vom .* ändern$") }).ClickAsync();
        await page.GetByLabel("Grund").FillAsync("falsches Mitglied");
        await page.GetByRole(AriaRole.Button, new() { Name = "Notiz zurückziehen" }).ClickAsync();
        await Expect(page.GetByText("falsches Mitglied")).ToBeVisibleAsync();
        await page.GotoAsync(Member + "/history");
        await Expect(page.GetByText("Ruft wegen der Bettenzahl zurück.").First).ToBeVisibleAsync();
        await visit.ShootAsync("member-history-notes");
    }

    // Texts that reach beyond the card that they lie in.
    private static Task<string[]> SpilledAsync(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.sheet dd, .sheet td, .sheet th, .sheet a, .figure .value')].filter(e => {
              const card = e.closest('.sheet, .figure');
              return e.offsetParent && e.getBoundingClientRect().right > card.getBoundingClientRect().right + 1;
            }).map(e => e.textContent.trim().slice(0, 60))
            """
        );
}
