using System.Text;
using System.Text.RegularExpressions;
using Association.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The administrator sets the association up; the board confirms another account.</summary>
[Collection(OfficeCollection.Name)]
public sealed class SettingsWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task a_logo_is_refused_then_taken_looked_at_and_used()
    {
        await using var admin = await Visit.BeginAsync(chromium, office);
        await admin.SignInAsync("admin");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Einstellungen", Exact = true }).ClickAsync();
        await Expect(admin.Page.Locator("h1")).ToHaveTextAsync("Einstellungen");
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("einstellungen");

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Ändern Logo, Farbe und Briefkopf" }).ClickAsync();
        await UploadAsync(admin.Page, "logo.png", Encoding.ASCII.GetBytes("PK\u0003\u0004 something else"));
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Das ist ein ZIP-Archiv");
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("einstellungen-logo-abgelehnt");
        await UploadAsync(admin.Page, "bliesland.png", Pictures.Logo());
        await Expect(admin.Page.GetByText("Das Logo ist da, aber noch nicht im Gebrauch.")).ToBeVisibleAsync();
        var preview = new Uri(
            office.Address,
            (await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Musterbrief bliesland.png" }).GetAttributeAsync("href"))!
        );
        var letter = await (await admin.Page.Context.APIRequest.GetAsync(preview.ToString())).BodyAsync();
        await File.WriteAllBytesAsync(Path.Combine(Repository.Root, "artifacts", "screenshots", "musterbrief.pdf"), letter);
        letter.AsSpan().IndexOf("/Subtype/Image"u8).ShouldBeGreaterThan(0);

        try
        {
            await admin.Page.GetByRole(AriaRole.Form, new() { Name = "Verwendung von bliesland.png" }).GetByRole(AriaRole.Button).ClickAsync();
            await Expect(admin.Page.GetByText("Das Logo steht ab jetzt auf Seiten und neuen Schreiben.")).ToBeVisibleAsync();
            await Expect(admin.Page.Locator(".rail .brand-logo")).ToBeVisibleAsync();
            await admin.ShouldBeAccessibleAsync();
            await admin.ShootAsync("einstellungen-logo");
            await ShouldServeAsync(admin.Page);
        }
        finally
        {
            await admin.Page.GotoAsync("/office/settings/letterhead"); // the other tests know the office without a logo
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Nicht mehr verwenden" }).ClickAsync();
        }
        await Expect(admin.Page.Locator(".rail .brand-logo")).ToHaveCountAsync(0);
        admin.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task a_colour_of_ones_own_is_refused_when_too_light_and_worn_by_day_and_night()
    {
        await using var admin = await Visit.BeginAsync(chromium, office);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/settings/letterhead");
        await UseColorAsync(admin.Page, "#ffb000");
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nur 1,8 : 1 Kontrast, nötig sind 4,5 : 1. Dunkel genug ist #");
        await Expect(admin.Page.GetByLabel("Farbe", new() { Exact = true })).ToHaveValueAsync("#ffb000"); // nothing typed is lost
        await admin.ShootAsync("einstellungen-farbe-abgelehnt");
        try
        {
            await UseColorAsync(admin.Page, "#1d5c8a");
            await Expect(admin.Page.GetByText("Die Farbe gilt ab jetzt.")).ToBeVisibleAsync();
            (await ButtonColorAsync(admin.Page)).ShouldBe("rgb(29, 92, 138)");
            await admin.ShouldBeAccessibleAsync();
            await admin.ShootAsync("einstellungen-farbe");
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await using var anna = await Visit.BeginAsync(chromium, office, theme: theme);
                await anna.SignInAsync("office");
                foreach (var path in new[] { "/office/components", "/office/members?q=Lebach" })
                {
                    await anna.Page.GotoAsync(path);
                    await anna.ShouldBeAccessibleAsync();
                }
                await anna.ShootAsync($"einstellungen-farbe-{theme.ToString().ToLowerInvariant()}");
                anna.Complaints.ShouldBeEmpty();
            }
        }
        finally
        {
            await admin.Page.GotoAsync("/office/settings/letterhead"); // the other tests know the product's colour
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Zurück zur Farbe des Programms" }).ClickAsync();
        }
        await Expect(admin.Page.GetByText("Es gilt wieder die Farbe des Programms.")).ToBeVisibleAsync();
        (await ButtonColorAsync(admin.Page)).ShouldBe("rgb(123, 31, 87)");
        admin.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task numbers_get_another_form_and_the_page_says_what_comes_next()
    {
        await using var admin = await Visit.BeginAsync(chromium, office);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/settings/numbers");
        await admin.Page.Locator("input[name='Numbers.Invoices.Prefix']").FillAsync("st");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("„ST“ gehört zu: Storno.");
        try
        {
            await admin.Page.Locator("input[name='Numbers.Invoices.Prefix']").FillAsync("RE");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
            await Expect(admin.Page.Locator("section[aria-labelledby=series]")).ToContainTextAsync("RE-2026-000");
            await Expect(admin.Page.Locator(".timeline li").First)
                .ToContainTextAsync("Rüdiger Lambert hat „Kürzel der Beitragsrechnungen“ von „BR“ auf „RE“ geändert.");
            await admin.ShouldBeAccessibleAsync();
            await admin.ShootAsync("einstellungen-nummern");
        }
        finally
        {
            await admin.Page.GotoAsync("/office/settings/numbers"); // the other tests know BR
            await admin.Page.Locator("input[name='Numbers.Invoices.Prefix']").FillAsync("BR");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
            await Expect(admin.Page.Locator("section[aria-labelledby=series]")).ToContainTextAsync("BR-2026-000");
        }
    }

    [SkippableFact]
    public async Task another_account_needs_the_board()
    {
        await using var admin = await Visit.BeginAsync(chromium, office, scripts: false);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/settings/accounts/change");
        await admin.Page.GetByLabel("IBAN").FillAsync("DE89 3704 0044 0532 0130 01");
        await admin.Page.GetByLabel("Bank", new() { Exact = true }).FillAsync("Commerzbank Köln");
        await admin.Page.GetByLabel("BIC").FillAsync("COBADEFFXXX");
        await admin.Page.GetByLabel("Begründung").FillAsync("Bankwechsel zum Jahresende");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Konto vorschlagen" }).ClickAsync();
        await Expect(admin.Page.GetByText("Die Prüfziffer passt nicht.").First).ToBeVisibleAsync();
        await Expect(admin.Page.GetByLabel("Begründung")).ToHaveValueAsync("Bankwechsel zum Jahresende"); // nothing typed is lost
        await admin.ShootAsync("einstellungen-konto-fehler");
        await admin.Page.GetByLabel("IBAN").FillAsync("DE89 3704 0044 0532 0130 00");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Konto vorschlagen" }).ClickAsync();
        await Expect(admin.Page.GetByText("Sie haben das selbst veranlasst.")).ToBeVisibleAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Button, new() { Name = "Konto bestätigen" })).ToHaveCountAsync(0);

        await using var board = await Visit.BeginAsync(chromium, office);
        await board.SignInAsync("board");
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Anderes Bankkonto bestätigen", Exact = true }).ClickAsync();
        await Expect(board.Page.GetByText("DE89 3704 0044 0532 0130 00").First).ToBeVisibleAsync();
        await board.ShouldBeAccessibleAsync();
        await board.ShootAsync("einstellungen-konto-bestaetigen");
        await board.Page.GetByText("Nicht zustimmen").First.ClickAsync();
        await board.ShouldBeAccessibleAsync();
        await board.Page.GetByLabel("Warum nicht").FillAsync("Das ist nicht unser Konto");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Nicht zustimmen" }).ClickAsync(); // the other tests know the former account
        await Expect(board.Page.GetByText("Der Vorschlag ist abgelehnt.")).ToBeVisibleAsync();
        await Expect(board.Page.GetByText(new Regex("abgelehnt von Dr. Nora Groß"))).ToBeVisibleAsync();
        await board.ShootAsync("einstellungen-konten");
        admin.Complaints.ShouldBeEmpty();
        board.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task rules_are_changed_the_history_says_so_and_a_second_editor_is_told()
    {
        await using var admin = await Visit.BeginAsync(chromium, office);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/settings/claims");
        var second = await admin.Page.Context.NewPageAsync();
        await second.GotoAsync("/office/settings/claims");

        await admin.Page.BringToFrontAsync();
        await admin.Page.GetByLabel("nach Ausstellung").FillAsync("45");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(admin.Page.Locator(".timeline li").First).ToContainTextAsync("Rüdiger Lambert hat „nach Ausstellung“ von „30“ auf „45“ geändert.");
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("einstellungen-faelligkeit");

        await second.BringToFrontAsync();
        await second.GetByLabel("nach Ausstellung").FillAsync("60");
        await second.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("Rüdiger Lambert hat dies inzwischen geändert");
        await Expect(second.GetByLabel("nach Ausstellung")).ToHaveValueAsync("60");
        await second.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(second.GetByText("Gespeichert. Es gilt ab jetzt.")).ToBeVisibleAsync();

        await admin.Page.BringToFrontAsync();
        await admin.Page.SetViewportSizeAsync(390, 844);
        foreach (var page in new[] { "", "/association", "/accounts", "/letterhead", "/office", "/numbers", "/claims", "/four-eyes" })
        {
            await admin.Page.GotoAsync("/office/settings" + page);
            await admin.ShouldFitAsync();
            await admin.ShootAsync($"einstellungen-phone{page.Replace('/', '-')}");
        }
    }

    [SkippableFact]
    public async Task the_office_reads_the_settings_also_at_night()
    {
        await using var anna = await Visit.BeginAsync(chromium, office, theme: ColorScheme.Dark);
        await anna.SignInAsync("office");
        foreach (var page in new[] { "", "/association", "/accounts", "/letterhead", "/office", "/numbers", "/claims", "/four-eyes" })
        {
            await anna.Page.GotoAsync("/office/settings" + page);
            await Expect(anna.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Speichern|hochladen|bestätigen") })).ToHaveCountAsync(0);
            await anna.ShouldBeAccessibleAsync();
            await anna.ShootAsync($"einstellungen-dark{page.Replace('/', '-')}");
        }
    }

    private static async Task UseColorAsync(IPage page, string color)
    {
        await page.GetByLabel("Farbe", new() { Exact = true }).FillAsync(color);
        await page.GetByRole(AriaRole.Button, new() { Name = "Farbe verwenden" }).ClickAsync();
    }

    private static Task<string> ButtonColorAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.btn-primary')).backgroundColor");

    private static async Task UploadAsync(IPage page, string name, byte[] file)
    {
        await page.GetByLabel("Logodatei")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "image/png",
                    Buffer = file,
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Logo hochladen" }).ClickAsync();
    }

    // Everybody sees the logo in use, as a picture and nothing else; no other one.
    private async Task ShouldServeAsync(IPage page)
    {
        var path = (await page.Locator(".rail .brand-logo").GetAttributeAsync("src"))!;
        using var stranger = new HttpVisit(office.Address);
        var picture = await stranger.GetAsync(path);
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        picture.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", picture.Headers.ETag!.ToString() } } };
        (await stranger.SendAsync(again)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
        (await stranger.GetAsync($"/logo/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await stranger.GetAsync(path.Replace("/logo/", "/office/settings/logos/", StringComparison.Ordinal))).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Found,
            "to the sign-in"
        );
        (await (await stranger.GetAsync("/")).Content.ReadAsStringAsync()).ShouldContain(path);
    }
}
