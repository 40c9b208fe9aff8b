using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The main job as two people do it: a list comes in, dues are prepared, the second person approves, invoices are issued.</summary>
[Collection(OfficeCollection.Name)]
public sealed class DuesYearWalkTests(OfficeHost office, Chromium chromium)
{
    private const string List = """
        Mitgl.-Nr.;Name;Kategorie;Straße;PLZ;Ort;Eintritt;Beschäftigte;E-Mail
        9101;Praxis am Wald;Arztpraxen und Apotheken;Am Wald 3;66822;Lebach;01.04.2019;;praxis@example.org
        9102;Sanitätshaus Öztürk;Unternehmen;Hauptstraße 7;66424;Homburg;15.02.2020;12;post@example.com
        9103;Hürter, Katrin;Privatpersonen;Gartenweg 1;66538;Neunkirchen;01.01.2021;;katrin@example.org
        """;

    [SkippableFact]
    public async Task a_list_becomes_invoices_after_two_pairs_of_eyes()
    {
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        await ImportAsync(anna.Page, anna);

        await anna.Page.GotoAsync("/office/dues");
        await anna.Page.GetByLabel("Beitragsjahr").SelectOptionAsync("2027");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        await anna.ShootAsync("walk-3-preview");
        await anna.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("zur Freigabe einreichen") }).ClickAsync();
        await Expect(anna.Page.GetByText("Sie haben das selbst veranlasst.")).ToBeVisibleAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("freigeben") })).ToHaveCountAsync(0); // who prepares does not approve
        var run = new Uri(anna.Page.Url).PathAndQuery;

        await using var jonas = await Visit.BeginAsync(chromium, office, scripts: false); // works without script just as well
        await jonas.SignInAsync("office2");
        await jonas.ShootAsync("walk-4-today");
        await jonas.Page.GotoAsync(run);
        await jonas.ShootAsync("walk-5-second-person");
        await jonas.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("freigeben") }).ClickAsync();
        await jonas.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("ausstellen") }).ClickAsync();
        await jonas.ShootAsync("walk-6-running");
        await Expect(jonas.Page.Locator(".head .state")).ToHaveTextAsync("ausgeführt", new() { Timeout = 60_000 });
        await jonas.ShootAsync("walk-7-executed");

        await anna.Page.GotoAsync("/office/invoices");
        var newest = anna.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@"^BR-2026-\d{5}$") }).First;
        var number = await newest.InnerTextAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("walk-8-invoices");
        await newest.ClickAsync();
        await Expect(anna.Page.Locator("h1")).ToContainTextAsync(number);
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("walk-9-invoice");
        var document = await anna.Page.Context.APIRequest.GetAsync(new Uri(office.Address, $"/office/invoices/{number}/document.pdf").ToString());
        Encoding.ASCII.GetString((await document.BodyAsync()).AsSpan(0, 5)).ShouldBe("%PDF-");
        jonas.Complaints.ShouldBeEmpty();
        anna.Complaints.ShouldBeEmpty();
    }

    private static async Task ImportAsync(IPage page, Visit visit)
    {
        await page.GotoAsync("/office/members/import");
        await page.GetByLabel("Mitgliederliste", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "liste.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(List),
                }
            );
        await visit.ShootAsync("walk-1-upload");
        await page.GetByRole(AriaRole.Button, new() { Name = "Datei lesen" }).ClickAsync();
        await Expect(page.GetByText("legt 3 neue an")).ToBeVisibleAsync();
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("walk-2-import-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "0 ändern, 3 anlegen" }).ClickAsync();
        await Expect(page.GetByText("sind angelegt")).ToBeVisibleAsync();
    }
}
