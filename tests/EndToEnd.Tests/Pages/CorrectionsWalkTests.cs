using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>A wrong value, found after the invoice was paid in part: corrected, issued anew with two pairs of eyes, told to the town's cash office, and the
/// rest waived.</summary>
[Collection(OfficeCollection.Name)]
public sealed class CorrectionsWalkTests(OfficeHost office, Chromium chromium)
{
    private const string Member = "/office/members/9301";

    private const string List = """
        Mitgl.-Nr.;Name;Kategorie;Straße;PLZ;Ort;Eintritt;E-Mail
        9301;Kreiskrankenhaus-Trägergesellschaft Saarpfalz-Nordwest gGmbH;Krankenhausträger;Klinikweg 1;66424;Homburg;01.04.2012;klinik@example.org
        """;

    [SkippableFact]
    public async Task a_wrong_invoice_is_put_right_by_two_people_and_the_rest_is_waived()
    {
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        await using var jonas = await Visit.BeginAsync(chromium, office, scripts: false);
        await jonas.SignInAsync("office2");
        var wrong = await IssueAsync(anna, jonas);

        await anna.Page.GotoAsync($"/office/invoices/{wrong}");
        await Expect(anna.Page.GetByText("4500077777")).ToBeVisibleAsync();
        await Expect(anna.Page.GetByText("Leitweg-ID: 04011000-1234512345-06")).ToBeVisibleAsync();
        await AskAndRefuseAsync(anna, jonas, wrong);

        await anna.Page.GotoAsync($"/office/invoices/{wrong}/payment");
        await anna.Page.GetByLabel("Betrag").FillAsync("1.000,00");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zahlung erfassen" }).ClickAsync();

        await EnterValueAsync(anna.Page, "210");
        await anna.Page.GotoAsync(Member + "/dues");
        await anna.ShootAsync("corrections-1-member");
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Falsch berechnet" }).First.ClickAsync();
        await Expect(anna.Page.Locator(".plain")).ToContainTextAsync("Sofort danach wird sie neu ausgestellt, über 1.500,00");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("corrections-2-preview");
        var page = new Uri(anna.Page.Url).PathAndQuery;
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Stornieren und neu ausstellen" }).ClickAsync();
        await Expect(anna.Page.GetByText("Sie haben das selbst veranlasst.")).ToBeVisibleAsync();

        await jonas.Page.GotoAsync("/office");
        await Expect(jonas.Page.GetByText($"Korrektur von {wrong} wartet auf Ihre Zustimmung")).ToBeVisibleAsync();
        await jonas.Page.GotoAsync(page);
        await jonas.ShootAsync("corrections-3-second-person");
        await jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Zustimmen und ausstellen" }).ClickAsync();
        await Expect(jonas.Page.Locator(".head .state")).ToHaveTextAsync("erledigt", new() { Timeout = 60_000 });
        await jonas.ShootAsync("corrections-4-done");
        var anew = await jonas.Page.Locator(".plain a").Nth(1).InnerTextAsync();

        await anna.Page.GotoAsync($"/office/invoices/{anew}");
        await Expect(anna.Page.GetByText("Guthaben verrechnet").First).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.Page.GetByText("Korrigieren", new() { Exact = true }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Anders adressieren" }).ClickAsync();
        await anna.Page.Locator("#recipient-Name").FillAsync("Stadtkasse Homburg");
        await anna.Page.Locator("#recipient-PurchaseOrder").FillAsync("4500012345");
        await anna.Page.Locator("#recipient-Reason").FillAsync("Der Träger zahlt");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("corrections-5-recipient");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Neu ausfertigen" }).ClickAsync();
        await Expect(anna.Page.GetByText("Ausfertigung 2 vom 23.11.2026 an Stadtkasse Homburg")).ToBeVisibleAsync();

        await anna.Page.GotoAsync($"/office/invoices/{anew}/relief");
        await anna.Page.GetByLabel("Beschlossen am").FillAsync("20.11.2026");
        await anna.Page.Locator("#relief-Resolution").FillAsync("Protokoll vom 20.11.2026, TOP 3");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("corrections-6-waiver");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Beschluss eintragen" }).ClickAsync();
        await jonas.Page.GotoAsync($"/office/invoices/{anew}/relief");
        await jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Zustimmen und buchen" }).ClickAsync();
        await anna.Page.GotoAsync($"/office/invoices/{anew}");
        await Expect(anna.Page.Locator(".head .state")).ToHaveTextAsync("erlassen");
        await anna.ShootAsync("corrections-7-invoice");

        await using var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844, theme: ColorScheme.Dark);
        await phone.SignInAsync("board");
        foreach (var (path, name) in new[] { (page, "correction"), ($"/office/invoices/{anew}", "invoice"), ($"/office/invoices/{anew}/relief", "relief") })
        {
            await phone.Page.GotoAsync(path);
            await phone.ShouldFitAsync();
            await phone.ShootAsync($"corrections-phone-{name}");
        }
        anna.Complaints.ShouldBeEmpty();
        jonas.Complaints.ShouldBeEmpty();
        phone.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task a_levy_goes_the_way_of_every_run()
    {
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        await anna.Page.GotoAsync("/office/dues/new");
        await anna.Page.GetByLabel("Umlage: einmal im Jahr").CheckAsync();
        await anna.Page.Locator("#kind-Year").FillAsync("2027");
        await anna.Page.Locator("#kind-Amount").FillAsync("50");
        await anna.Page.Locator("#kind-DueOn").FillAsync("01.09.2027");
        await anna.Page.GetByLabel("Beschlossen am").FillAsync("12.11.2026");
        await anna.Page.Locator("#kind-Resolution").FillAsync("Sonderumlage für das Lagezentrum, TOP 7");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("corrections-8-levy");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        await Expect(anna.Page.Locator("h1")).ToContainTextAsync("Umlage 2027");
        await Expect(anna.Page.GetByText("Beschluss vom 12.11.2026 (Mitgliederversammlung)").First).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("corrections-9-levy-preview");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf verwerfen" }).ClickAsync();
        await Expect(anna.Page.Locator("h1")).ToHaveTextAsync("Beitragsläufe");
        anna.Complaints.ShouldBeEmpty();
    }

    // Plain cancelling of a large amount waits too; here the second person would rather have it corrected.
    private static async Task AskAndRefuseAsync(Visit anna, Visit jonas, string invoice)
    {
        await anna.Page.GotoAsync($"/office/invoices/{invoice}/cancel");
        await Expect(anna.Page.Locator(".plain")).ToContainTextAsync("stimmt eine zweite Person zu");
        await anna.Page.Locator("#cancel-Reason").FillAsync("Falsche Bettenzahl");
        await anna.ShouldBeAccessibleAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Rechnung stornieren" }).ClickAsync();
        await Expect(anna.Page.GetByText("eine zweite Person muss zustimmen")).ToBeVisibleAsync();
        await anna.ShootAsync("corrections-0-cancellation-waits");

        await jonas.Page.GotoAsync("/office");
        await Expect(jonas.Page.GetByText($"Storno von {invoice} wartet auf Ihre Zustimmung")).ToBeVisibleAsync();
        await jonas.Page.GotoAsync($"/office/invoices/{invoice}/cancel");
        await Expect(jonas.Page.GetByText("Grund: Falsche Bettenzahl")).ToBeVisibleAsync();
        await jonas.ShootAsync("corrections-0-cancellation-second-person");
        await jonas.Page.GetByText("Nicht zustimmen").First.ClickAsync();
        await jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Nicht zustimmen" }).ClickAsync();
        await Expect(jonas.Page.GetByText("Nennen Sie den Grund, in 3 bis 300 Zeichen.").First).ToBeVisibleAsync();
        await jonas.Page.GetByLabel("Warum nicht").FillAsync("Lieber korrigieren");
        await jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Nicht zustimmen" }).ClickAsync();
        await Expect(jonas.Page.GetByText("eine zweite Person muss zustimmen")).ToHaveCountAsync(0);
    }

    private static async Task<string> IssueAsync(Visit anna, Visit jonas)
    {
        await anna.Page.GotoAsync("/office/members/import");
        await anna
            .Page.GetByLabel("Mitgliederliste", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "klinik.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(List),
                }
            );
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Datei lesen" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "0 ändern, 1 anlegen" }).ClickAsync();
        await EnterValueAsync(anna.Page, "640");
        await EnterReferencesAsync(anna);

        await anna.Page.GotoAsync("/office/dues");
        await anna.Page.GetByLabel("Beitragsjahr").SelectOptionAsync("2027");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("zur Freigabe einreichen") }).ClickAsync();
        await jonas.Page.GotoAsync(new Uri(anna.Page.Url).PathAndQuery);
        await jonas.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("freigeben") }).ClickAsync();
        await jonas.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("ausstellen") }).ClickAsync();
        await Expect(jonas.Page.Locator(".head .state")).ToHaveTextAsync("ausgeführt", new() { Timeout = 60_000 });
        await anna.Page.GotoAsync("/office/invoices?q=9301");
        return await anna.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@"^BR-2026-\d{5}$") }).First.InnerTextAsync();
    }

    // What the hospital's Träger wants on the invoices of 2027.
    private static async Task EnterReferencesAsync(Visit anna)
    {
        await anna.Page.GotoAsync(Member);
        await anna.Page.GetByText("Mehr", new() { Exact = true }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Bestellangaben" }).ClickAsync();
        await anna.Page.Locator("#references-PurchaseOrder").FillAsync("4500077777");
        await anna.Page.Locator("#references-LeitwegId").FillAsync("04011000-1234512345-60");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Für 2027 speichern" }).ClickAsync();
        await Expect(anna.Page.GetByText("Die Prüfziffer der Leitweg-ID passt nicht. Vermutlich ist eine Stelle vertippt.").First).ToBeVisibleAsync();
        await anna.Page.Locator("#references-LeitwegId").FillAsync("04011000-1234512345-06");
        await anna.ShouldBeAccessibleAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Für 2027 speichern" }).ClickAsync();
        await Expect(anna.Page.GetByText("Die Bestellangaben für 2027 sind gespeichert.")).ToBeVisibleAsync();
        await anna.Page.GotoAsync(Member + "/references");
        await anna.ShootAsync("corrections-10-references");
        await anna.Page.SetViewportSizeAsync(390, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("corrections-10-references-phone");
        await anna.Page.SetViewportSizeAsync(1440, 900);
    }

    private static async Task EnterValueAsync(IPage page, string beds)
    {
        await page.GotoAsync(Member + "/value");
        await page.Locator("#value-Value").FillAsync(beds);
        await page.Locator("#value-AsOf").FillAsync("31.12.2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zahl eintragen" }).ClickAsync();
        await Expect(page.GetByText($"{beds} zum 31.12.2026 eingetragen.")).ToBeVisibleAsync();
    }
}
