using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>
/// A company applies on a phone in French, the office hands the application over, the board resolves, and the member is there with its letter. In an office of its
/// own: others count the members and what is due.
/// </summary>
public sealed class ApplicationWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task a_company_applies_on_a_phone_in_french_and_is_a_member_by_the_boards_resolution()
    {
        await using (var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844))
            await ApplyAsync(phone);

        string application;
        await using (var anna = await Visit.BeginAsync(chromium, office, width: 1280))
        {
            var page = anna.Page;
            await anna.SignInAsync("office");
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Aufnahmeantr.g.* prüfen") }).First.ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Pharma Moselle SARL" }).ClickAsync();
            application = new Uri(page.Url).AbsolutePath;
            await Expect(page.GetByText("contact@moselle.example").First).ToBeVisibleAsync();
            await anna.ShouldBeAccessibleAsync();
            await page.GotoAsync(application + "/edit");
            await anna.ShouldBeAccessibleAsync();
            await page.GetByLabel("Straße und Hausnummer oder Postfach").FillAsync("14 rue des Clercs");
            await page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
            await Expect(page.GetByText("Berichtigt von Anna Dörr")).ToBeVisibleAsync();
            foreach (var width in new[] { 1280, 1440, 390 })
            {
                (await Layout.FaultsAsync(page, width)).ShouldBeEmpty();
                await anna.ShootAsync($"application-{width}");
            }
            await page.SetViewportSizeAsync(1280, 900);
            await page.GetByRole(AriaRole.Button, new() { Name = "Vorlegen" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("liegt beim Vorstand");
        }

        await using var board = await Visit.BeginAsync(chromium, office, width: 1280);
        await board.SignInAsync("board");
        await board.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("auf den Beschluss") }).First.ClickAsync();
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Pharma Moselle SARL" }).ClickAsync();
        await Expect(board.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(application));
        foreach (var width in new[] { 1280, 1440, 390 })
        {
            (await Layout.FaultsAsync(board.Page, width)).ShouldBeEmpty();
            await board.ShootAsync($"application-board-{width}");
        }
        await board.Page.SetViewportSizeAsync(1280, 900);
        await board.ShouldBeAccessibleAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Aufnehmen" }).ClickAsync();
        await Expect(board.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Wortlaut des Beschlusses");
        await board.Page.GetByLabel("Beschluss", new() { Exact = true }).FillAsync("Nr. 7/2026");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Aufnehmen" }).ClickAsync();
        await Expect(board.Page.GetByText("Nr. 7/2026").First).ToBeVisibleAsync();
        await board.ShootAsync("application-accepted");
        await board.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Mitglied Nr\\.") }).ClickAsync();
        await Expect(board.Page.GetByRole(AriaRole.Heading, new() { Name = "Pharma Moselle SARL" })).ToBeVisibleAsync();
        await Expect(board.Page.GetByText("14 rue des Clercs").First).ToBeVisibleAsync();

        await using var again = await Visit.BeginAsync(chromium, office, width: 1280);
        await again.SignInAsync("office");
        await again.Page.GotoAsync(application);
        await again.Page.GetByRole(AriaRole.Link, new() { Name = "Begrüßungsschreiben ansehen" }).ClickAsync();
        await Expect(again.Page.GetByText("Bienvenue parmi nos membres").First).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task a_resignation_is_confirmed_from_heute_and_taken_back_with_an_answer_without_scripts()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, width: 1280, scripts: false);
        var page = visit.Page;
        await visit.SignInAsync("office");
        await page.GotoAsync("/office/members/5007/leave");
        await page.GetByLabel("Kündigung eingegangen am").FillAsync("15.09.2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Austritt eintragen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("31.12.2026");

        await page.GotoAsync("/office/members/5007/leave");
        // The day of receipt was mistyped: the last day follows by itself.
        await page.GetByLabel("Kündigung eingegangen am").FillAsync("16.09.2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Austritt eintragen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("16.09.2026");

        await page.GotoAsync("/office/members/5007/leave");
        await Expect(page.GetByText("Der Beitrag 2026 ist voll zu zahlen")).ToBeVisibleAsync();
        foreach (var width in new[] { 1280, 1440, 390 })
        {
            (await Layout.FaultsAsync(page, width)).ShouldBeEmpty();
            await visit.ShootAsync($"leave-{width}");
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "Austritt bestätigen" }).First.ClickAsync();
        await Expect(page.GetByLabel("Betreff")).ToHaveValueAsync("Ihr Austritt zum {LetzterTag}");
        await Expect(page.GetByText("Ihr Austritt zum 31.12.2026")).ToBeVisibleAsync();
        foreach (var width in new[] { 1280, 1440, 390 })
        {
            (await Layout.FaultsAsync(page, width)).ShouldBeEmpty();
            await visit.ShootAsync($"leave-letter-{width}");
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Ablegen und auf den Weg geben" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("geschrieben");

        await page.GotoAsync("/office/members/5007/leave");
        await page.GetByRole(AriaRole.Button, new() { Name = "Austritt zurücknehmen" }).ClickAsync();
        await page.GotoAsync("/office/members/5007/leave");
        await visit.ShootAsync("leave-answer");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bestätigen, dass das Mitglied bleibt" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ablegen und auf den Weg geben" }).ClickAsync();
        await Expect(page.GetByText("Sie bleiben Mitglied").First).ToBeVisibleAsync();
    }

    private static async Task ApplyAsync(Visit phone)
    {
        var page = phone.Page;
        await page.GotoAsync("/fr/mitglied-werden");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await phone.ShouldBeAccessibleAsync();
        foreach (var width in new[] { 1280, 1440, 390 })
        {
            (await Layout.FaultsAsync(page, width)).ShouldBeEmpty();
            await phone.ShootAsync($"apply-{width}");
        }
        await page.GetByLabel("Catégorie").SelectOptionAsync("company");
        await page.GetByLabel("Lits, salariés ou habitants").FillAsync("45");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Pharma Moselle SARL");
        await page.GetByLabel("Rue et numéro, ou boîte postale").FillAsync("12 rue des Clercs");
        await page.GetByLabel("Code postal").FillAsync("5700");
        await page.GetByLabel("Localité").FillAsync("Metz");
        await page.GetByLabel("Pays").SelectOptionAsync("FR");
        await page.GetByLabel("Interlocuteur").FillAsync("Claire Weber");
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync("contact@moselle.example");
        await page.GetByLabel("Je donne un mandat de prélèvement SEPA").CheckAsync();
        await page.GetByLabel("IBAN").FillAsync("DE02 1203 0000 0000 2020 51");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Suite") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("code postal");
        await Expect(page.GetByLabel("Nom", new() { Exact = true })).ToHaveValueAsync("Pharma Moselle SARL");
        await phone.ShouldBeAccessibleAsync();
        await page.GetByLabel("Code postal").FillAsync("57000");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Suite") }).ClickAsync();

        await Expect(page.GetByText("Cotisation 2027")).ToBeVisibleAsync();
        await phone.ShouldBeAccessibleAsync();
        foreach (var width in new[] { 1280, 1440, 390 })
        {
            (await Layout.FaultsAsync(page, width)).ShouldBeEmpty();
            await phone.ShootAsync($"apply-review-{width}");
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Modifier les informations" }).ClickAsync();
        await Expect(page.GetByLabel("Localité")).ToHaveValueAsync("Metz");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Suite") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la demande" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync(); // nothing is agreed to yet
        await page.GetByLabel("J’accepte ce que", new() { Exact = false }).CheckAsync();
        await page.GetByLabel("J’ai lu la note", new() { Exact = false }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la demande" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Merci" })).ToBeVisibleAsync();
        await phone.ShootAsync("apply-sent-390");
        phone.Complaints.ShouldBeEmpty();
    }
}
