using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The regulation of 2028 as two people make it: copied, changed, simulated, resolved, put in force, compared.</summary>
[Collection(OfficeCollection.Name)]
public sealed class RegulationWalkTests(OfficeHost office, Chromium chromium)
{
    private static readonly byte[] Minutes = Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n");

    [SkippableFact]
    public async Task a_regulation_is_drafted_simulated_and_put_in_force_by_a_second_person()
    {
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        var page = anna.Page;
        await page.GotoAsync("/office/dues/regulation");
        await anna.ShootAsync("regulation-1-versions");
        await page.GetByLabel("Gültig ab").FillAsync("01.01.2028");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Beitragsordnung 2028");
        var draft = new Uri(page.Url).AbsolutePath;
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("regulation-2-draft");

        await ChangeABandAsync(anna);
        await SimulateAsync(anna, draft);
        await ResolveAndSubmitAsync(anna, draft);

        await using var jonas = await Visit.BeginAsync(chromium, office, scripts: false); // works without script just as well
        await jonas.SignInAsync("office2");
        await Expect(jonas.Page.GetByText("Beitragsordnung 2028 prüfen")).ToBeVisibleAsync();
        await jonas.Page.GotoAsync(draft + "/compare");
        await Expect(jonas.Page.GetByText("ändert 1 Regel gegenüber Fassung 1")).ToBeVisibleAsync();
        await jonas.ShootAsync("regulation-7-comparison");
        await jonas.Page.GotoAsync(draft);
        await jonas.ShootAsync("regulation-8-second-person");
        await jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Ab 01.01.2028 in Kraft setzen" }).ClickAsync();
        await Expect(jonas.Page.Locator(".head .state")).ToHaveTextAsync("beschlossen, noch nicht gültig");
        await Expect(jonas.Page.GetByRole(AriaRole.Link, new() { Name = "Bearbeiten" })).ToHaveCountAsync(0); // a version in force is never edited
        await jonas.Page.GotoAsync("/office/dues/regulation");
        await Expect(jonas.Page.GetByRole(AriaRole.Cell, new() { Name = "gültig von 01.01.2027 bis 31.12.2027" })).ToBeVisibleAsync();
        await jonas.ShootAsync("regulation-9-in-force");

        var document = await page.Context.APIRequest.GetAsync(new Uri(office.Address, draft + "/resolution.pdf").ToString());
        (await document.BodyAsync()).ShouldBe(Minutes);
        jonas.Complaints.ShouldBeEmpty();
        anna.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task the_pages_of_the_regulation_fit_a_phone_and_the_dark()
    {
        await using var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844, theme: ColorScheme.Dark);
        await phone.SignInAsync("office");
        await phone.Page.GotoAsync("/office/dues/regulation");
        await phone.Page.GetByLabel("Gültig ab").FillAsync("01.01.2031");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        var draft = new Uri(phone.Page.Url).AbsolutePath;
        foreach (var below in new[] { "", "/edit", "/rules/hospital", "/rules/municipality", "/compare", "/simulation", "/discard" })
        {
            await phone.Page.GotoAsync(draft + below);
            await phone.ShouldFitAsync();
            await phone.ShouldBeAccessibleAsync();
            await phone.ShootAsync("regulation-phone" + below.Replace('/', '-'));
        }
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf verwerfen" }).ClickAsync();
        await Expect(phone.Page.GetByText("Der Entwurf ist verworfen.")).ToBeVisibleAsync();
        phone.Complaints.ShouldBeEmpty();
    }

    // The second band of the hospitals begins too late: the form says where, keeps what was typed, and takes the mended rule.
    private static async Task ChangeABandAsync(Visit anna)
    {
        var page = anna.Page;
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Ändern.*Krankenhausträger") }).ClickAsync();
        await page.GetByLabel("Stufe 2: von").FillAsync("104");
        await page.GetByLabel("Stufe 2: Betrag €").FillAsync("1.650,00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Regel speichern" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Krankenhausträger, Staffel ab 104 Planbetten: Für 100 bis 103 gibt es keine Stufe.");
        await Expect(page.GetByLabel("Stufe 2: Betrag €")).ToHaveValueAsync("1.650,00");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("regulation-3-gap");
        await page.GetByRole(AriaRole.Button, new() { Name = "Teilen Stufe 3" }).ClickAsync();
        await Expect(page.GetByLabel("Stufe 4: von")).ToHaveValueAsync("450");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entfernen Stufe 4" }).ClickAsync();
        await page.GetByLabel("Stufe 3: bis").FillAsync("599");
        await page.GetByLabel("Stufe 2: von").FillAsync("100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Regel speichern" }).ClickAsync();
        await Expect(page.GetByText("Die Regel für Krankenhausträger ist gespeichert.")).ToBeVisibleAsync();
        await Expect(page.GetByText("100 bis 299: 1.650,00")).ToBeVisibleAsync();
    }

    private static async Task SimulateAsync(Visit anna, string draft)
    {
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Simulieren" }).ClickAsync();
        await Expect(anna.Page.Locator("h1")).ToHaveTextAsync("Was 2028 einbrächte");
        await Expect(anna.Page.GetByText("verglichen mit Fassung 1")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Mitglied", Exact = true }).ClickAsync();
        await Expect(anna.Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("Mitglied");
        await anna.Page.GotoAsync(draft + "/simulation?category=hospital");
        await anna.ShootAsync("regulation-4-simulation");
        await anna.Page.GotoAsync(draft);
    }

    private static async Task ResolveAndSubmitAsync(Visit anna, string draft)
    {
        var page = anna.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Zur Freigabe einreichen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ohne Beschluss kann die Fassung nicht gelten.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bearbeiten" }).ClickAsync();
        await page.GetByLabel("Beschlossen von").FillAsync("Mitgliederversammlung");
        await page.GetByLabel("Beschlossen am").FillAsync("12.11.2026");
        await page.GetByLabel("Wortlaut oder Fundstelle").FillAsync("TOP 6 des Protokolls: Die Beitragsordnung wird zum 01.01.2028 geändert.");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("regulation-5-terms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();

        await page.GetByLabel("Beschluss als PDF", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "Protokoll.pdf",
                    MimeType = "application/pdf",
                    Buffer = Encoding.UTF8.GetBytes("kein PDF"),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "PDF ablegen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Diese Datei ist kein vollständiges PDF.");
        await page.GetByLabel("Beschluss als PDF", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "Protokoll.pdf",
                    MimeType = "application/pdf",
                    Buffer = Minutes,
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "PDF ablegen" }).ClickAsync();
        await Expect(page.GetByText("Beschluss herunterladen")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Zur Freigabe einreichen" }).ClickAsync();
        await Expect(page.GetByText("Sie haben das selbst veranlasst.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("in Kraft setzen") })).ToHaveCountAsync(0); // who submits does not put in force
        await anna.ShootAsync("regulation-6-submitted");
        new Uri(page.Url).AbsolutePath.ShouldBe(draft);
    }
}
