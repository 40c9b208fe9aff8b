using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The office around the dues: balances of earlier books come in, a member on the phone gets its statement, a credit goes back, and what is on paper
/// goes out.</summary>
[Collection(OfficeCollection.Name)]
public sealed class AccountWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task balances_come_in_and_a_member_on_the_phone_gets_its_statement_and_its_credit()
    {
        var accounts = await AccountsAsync();
        var list =
            $"Mitgliedsnummer;Name;Offener Betrag;Guthaben;Beleg/Jahr;Fällig am\n{accounts[0].Number};{accounts[0].Name};1.234,50;;Beitrag 2025;15.02.2025\n{accounts[1].Number};{accounts[1].Name};;80,00;Überzahlung 2025;\n";
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        var page = anna.Page;

        await page.GotoAsync("/office/opening-balances");
        await page.GetByLabel("Saldenliste", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "salden-2025.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(list),
                }
            );
        await page.GetByLabel("Kontrollsumme").FillAsync("1.145,50");
        await anna.ShootAsync("account-1-upload");
        await page.GetByRole(AriaRole.Button, new() { Name = "Datei lesen" }).ClickAsync();
        await Expect(page.GetByText("Ihre Kontrollsumme ist 1.145,50 €, die Datei ergibt 1.154,50 €.")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("account-2-wrong-sum");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Kontrollsumme" }).FillAsync("1154,50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kontrollsumme berichtigen" }).ClickAsync();
        await anna.ShootAsync("account-3-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "2 Posten übernehmen" }).ClickAsync();
        await Expect(page.GetByText("1 offener Betrag und 1 Guthaben sind übernommen.")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();

        await page.GotoAsync($"/office/members/{accounts[0].Number}/account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kontoauszug für einen Zeitraum" }).ClickAsync();
        await Expect(page.GetByText("Beitrag 2025").First).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("account-4-statement");
        var letter = await page.Context.APIRequest.GetAsync(new Uri(office.Address, $"/office/accounts/{accounts[0].Number}/statement.pdf").ToString());
        Encoding.ASCII.GetString((await letter.BodyAsync()).AsSpan(0, 5)).ShouldBe("%PDF-");
        await File.WriteAllBytesAsync(Path.Combine(Testing.Repository.Root, "artifacts", "screenshots", "account-statement.pdf"), await letter.BodyAsync());
        await page.SetViewportSizeAsync(390, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("account-5-statement-phone");
        await page.SetViewportSizeAsync(1440, 900);
        await StatementsOfOpenItemsAsync(anna, accounts[0].Number);
        await page.GotoAsync($"/office/accounts/{accounts[0].Number}");
        await ReduceAndWriteOffAsync(anna, accounts[0].Number);

        await page.GotoAsync($"/office/accounts/{accounts[1].Number}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Guthaben erstatten" }).ClickAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("account-6-refund");
        await Expect(page.GetByText("stimmt eine zweite Person zu")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erstattung buchen" }).ClickAsync();
        await Expect(page.GetByText("Die Erstattung wartet auf eine zweite Person.")).ToBeVisibleAsync();
        await AgreeToRefundAsync(anna, accounts[1].Number, accounts[1].Name);
        anna.Complaints.ShouldBeEmpty();
    }

    // Who asked sees it waiting and may only withdraw it; the second person finds it under Heute.
    private async Task AgreeToRefundAsync(Visit anna, string member, string name)
    {
        await Expect(anna.Page.GetByText("möchte 80,00 € erstatten; eine zweite Person muss zustimmen.")).ToBeVisibleAsync();
        await anna.Page.GotoAsync($"/office/accounts/{member}/refund");
        await Expect(anna.Page.GetByText("Zustimmen muss eine andere Person.")).ToBeVisibleAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zustimmen und buchen" })).ToHaveCountAsync(0);
        await anna.ShouldBeAccessibleAsync();

        await using var jonas = await Visit.BeginAsync(chromium, office);
        await jonas.SignInAsync("office2");
        await jonas.Page.GotoAsync("/office");
        await Expect(jonas.Page.GetByText($"Erstattung an {name} wartet auf Ihre Zustimmung")).ToBeVisibleAsync();
        await jonas.Page.GotoAsync($"/office/accounts/{member}/refund");
        await jonas.ShouldBeAccessibleAsync();
        await jonas.ShootAsync("account-6-refund-second-person");
        await jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Zustimmen und buchen" }).ClickAsync();
        await Expect(jonas.Page.GetByText("80,00 € sind als erstattet gebucht.")).ToBeVisibleAsync();
        jonas.Complaints.ShouldBeEmpty();
    }

    private static async Task StatementsOfOpenItemsAsync(Visit anna, string member)
    {
        var page = anna.Page;
        await page.GotoAsync($"/office/open-items?q={member}");
        await page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("account-7-open-items");
        var statements = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Kontoauszüge als ein PDF" }).ClickAsync()
        );
        Encoding.ASCII.GetString((await File.ReadAllBytesAsync((await statements.PathAsync())!)).AsSpan(0, 5)).ShouldBe("%PDF-");
        await page.GetByText("Treffer bearbeiten").ClickAsync();
        await page.SetViewportSizeAsync(390, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("account-8-open-items-phone");
        await page.SetViewportSizeAsync(1440, 900);
    }

    // What was open in the books before is reduced and the rest written off, each by two people; then the member pays after all.
    private async Task ReduceAndWriteOffAsync(Visit anna, string member)
    {
        await using var jonas = await Visit.BeginAsync(chromium, office, scripts: false);
        await jonas.SignInAsync("office2");
        var page = anna.Page;
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Erlassen oder ausbuchen EB-") }).First.ClickAsync();
        await page.GetByLabel("Betrag", new() { Exact = true }).FillAsync("234,50");
        await page.GetByLabel("Beschlossen am").FillAsync("20.11.2026");
        await page.Locator("#relief-Resolution").FillAsync("Vergleich vom 20.11.2026");
        await anna.ShootAsync("account-7-reduce");
        await page.GetByLabel("Betrag", new() { Exact = true }).FillAsync("2.000,00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beschluss eintragen" }).ClickAsync();
        await Expect(page.GetByText("Nennen Sie einen Betrag über 0,00 € und höchstens 1.234,50 €.").First).ToBeVisibleAsync();
        await page.GetByLabel("Betrag", new() { Exact = true }).FillAsync("234,50");
        await anna.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Beschluss eintragen" }).ClickAsync();
        await Expect(page.GetByText("Der Beschluss wartet auf eine zweite Person.")).ToBeVisibleAsync();
        var relief = new Uri(page.Url).AbsolutePath;
        await AgreeAsync(jonas, relief);

        await page.GotoAsync(relief);
        await page.GetByLabel("Ausbuchung: Mit der Zahlung ist nicht mehr zu rechnen.").CheckAsync();
        await page.GetByLabel("Beschlossen am").FillAsync("20.11.2026");
        await page.Locator("#relief-Resolution").FillAsync("Vorstand, TOP 4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beschluss eintragen" }).ClickAsync();
        await AgreeAsync(jonas, relief);

        await page.GotoAsync(relief.Replace("/relief", "/payment", StringComparison.Ordinal));
        await page.GetByLabel("Betrag", new() { Exact = true }).FillAsync("100,00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zahlung erfassen" }).ClickAsync();
        await page.GotoAsync($"/office/accounts/{member}");
        await Expect(page.GetByText("100,00 € davon auf Ausgebuchtes: Einnahme, der Saldo bleibt")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("account-8-late-money");
        await page.GotoAsync(relief);
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("account-9-written-off");
        await page.SetViewportSizeAsync(390, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("account-9-written-off-phone");
        await page.SetViewportSizeAsync(1440, 900);
    }

    private static async Task AgreeAsync(Visit second, string relief)
    {
        await second.Page.GotoAsync(relief);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Zustimmen und buchen" }).ClickAsync();
        await Expect(second.Page.GetByText("Der Beschluss ist gebucht.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task a_letter_is_written_a_batch_is_made_printed_and_sent()
    {
        await IssueAsync();
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        var page = anna.Page;
        await page.GotoAsync("/office/printing/letters/new");
        await page.GetByLabel("Name des Schreibens", new() { Exact = true }).FillAsync("Anschreiben 2027");
        await page.GetByLabel("Text", new() { Exact = true }).First.FillAsync("{Anrede}\n\nIhr {Betrg} ist fällig.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync();
        await Expect(page.GetByText("Zeile 3, Zeichen 5: Ein Feld „Betrg“ gibt es nicht. Gemeint ist vermutlich „Betrag“.").First).ToBeVisibleAsync();
        await anna.ShootAsync("printing-1-unknown-field");
        await page.GetByLabel("Text", new() { Exact = true })
            .First.FillAsync("{Anrede}\n\nIhr Beitrag {Jahr} beträgt {Betrag}. {Veränderung}\n\nMit freundlichen Grüßen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("printing-2-letter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fassung speichern" }).ClickAsync();
        await Expect(page.GetByText("Die Fassung ist gespeichert.")).ToBeVisibleAsync();

        await LookAtSendingAsync(anna);

        await page.GotoAsync("/office/printing?email=on");
        await page.GetByLabel("Begleitschreiben").SelectOptionAsync(new SelectOptionValue { Label = "Anschreiben 2027" });
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("printing-3-waiting");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("zusammenstellen") }).ClickAsync();
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("bereit zum Druck", new() { Timeout = 60_000 });
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("printing-4-batch");
        var batch = new Uri(page.Url).AbsolutePath;
        foreach (var file in new[] { "print", "list" })
        {
            var pdf = await page.Context.APIRequest.GetAsync(new Uri(office.Address, $"{batch}/{file}.pdf").ToString());
            await File.WriteAllBytesAsync(Path.Combine(Testing.Repository.Root, "artifacts", "screenshots", $"printing-{file}.pdf"), await pdf.BodyAsync());
            pdf.Status.ShouldBe(200);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Als gedruckt vermerken" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Als versandt vermerken" }).ClickAsync();
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("versandt");
        await anna.ShootAsync("printing-5-sent");
        await page.SetViewportSizeAsync(390, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("printing-6-phone");
        anna.Complaints.ShouldBeEmpty();
    }

    // From the run's page to what waits, and a print batch from there; the run and the page that sends count alike.
    private async Task LookAtSendingAsync(Visit anna)
    {
        var page = anna.Page;
        await using var connection = await office.ConnectAsync();
        var code = await connection.ExecuteScalarAsync<string>(
            "select year || '-' || number from membership.dues_run where kind = 'annual' and state = 'executed' order by charges desc limit 1"
        );
        // The demo's members all have an address; one of them wants paper, so that something goes out without a mail server.
        var onPaper = await connection.ExecuteScalarAsync<string>(
            """
            select a.member_number from billing.delivery_waiting w join billing.account a on a.id = w.account_id
              join membership.dues_run r on r.id = w.run_id where r.year || '-' || r.number = @code order by w.number limit 1
            """,
            new { code }
        );
        await page.GotoAsync($"/office/members/{onPaper}/dispatch");
        await page.GetByLabel("Belege gehen").SelectOptionAsync(new SelectOptionValue { Value = "Paper" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Weg speichern" }).ClickAsync();
        await Expect(page.GetByText("Der Weg der Belege ist gespeichert.")).ToBeVisibleAsync();
        await page.GotoAsync("/office/dues/" + code);
        var send = page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("versenden oder drucken") });
        await anna.ShootAsync("sending-1-run");
        var words = await send.InnerTextAsync();
        await send.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Versand des Beitragslaufs {code}" })).ToBeVisibleAsync();
        var waiting = await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from billing.delivery_waiting w join membership.dues_run r on r.id = w.run_id where (by_mail or by_paper) and r.year || '-' || r.number = @code",
            new { code }
        );
        words.ShouldStartWith(waiting.ToString(System.Globalization.CultureInfo.GetCultureInfo("de-DE")));
        await anna.ShouldBeAccessibleAsync();
        foreach (var width in new[] { 1440, 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await anna.ShouldFitAsync();
            await anna.ShootAsync($"sending-2-preview-{width}");
        }
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("versenden oder drucken") }).ClickAsync();
        await Expect(page.GetByText("Der Versand hat begonnen.")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("sending-3-begun");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Druckstapel") }).ClickAsync();
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("bereit zum Druck", new() { Timeout = 60_000 });
        var number = await connection.ExecuteScalarAsync<string>(
            "select i.number from billing.print_document d join billing.invoice i on i.id = d.invoice_id order by i.number limit 1"
        );
        await page.GotoAsync("/office/invoices/" + number);
        await page.Locator("#dispatch").ScrollIntoViewIfNeededAsync();
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await anna.ShouldFitAsync();
            await anna.ShootAsync($"sending-4-proof-{width}");
        }
        await page.SetViewportSizeAsync(1440, 900);
        var member = await connection.ExecuteScalarAsync<string>(
            "select a.member_number from billing.invoice i join billing.account a on a.id = i.account_id where i.number = @number",
            new { number }
        );
        await page.GotoAsync($"/office/members/{member}/dispatch");
        await page.GetByLabel("Belege gehen").SelectOptionAsync(new SelectOptionValue { Label = "per E-Mail und auf Papier" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Weg speichern" }).ClickAsync();
        await Expect(page.GetByText("Der Weg der Belege ist gespeichert.")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("sending-5-member");
        await page.GotoAsync("/office");
        await anna.ShootAsync("sending-6-today");
    }

    // The accounts of the demo's members are opened in the background.
    private async Task<IReadOnlyList<(string Number, string Name)>> AccountsAsync()
    {
        await using var connection = await office.ConnectAsync();
        await using var anna = await Visit.BeginAsync(chromium, office, scripts: false);
        await anna.SignInAsync("office");
        for (var tries = 0; tries < 100; tries++)
        {
            var accounts = (
                await connection.QueryAsync<(string Number, string Name)>("select member_number, name from billing.account order by member_number limit 2")
            ).AsList();
            if (accounts.Count == 2)
                return accounts;
            await anna.Page.GotoAsync("/office/members");
        }
        throw new InvalidOperationException("The demo's members have no accounts.");
    }

    // Something to print; what other walks issued will do.
    private async Task IssueAsync()
    {
        await using (var connection = await office.ConnectAsync())
            if (await connection.ExecuteScalarAsync<bool>("select exists (select from billing.invoice)"))
                return;
        await using var anna = await Visit.BeginAsync(chromium, office, scripts: false);
        await anna.SignInAsync("office");
        await anna.Page.GotoAsync("/office/dues");
        await anna.Page.GetByLabel("Beitragsjahr").SelectOptionAsync("2027");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("zur Freigabe einreichen") }).ClickAsync();
        await using var jonas = await Visit.BeginAsync(chromium, office, scripts: false);
        await jonas.SignInAsync("office2");
        await jonas.Page.GotoAsync(new Uri(anna.Page.Url).PathAndQuery);
        await jonas.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("freigeben") }).ClickAsync();
        await jonas.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("ausstellen") }).ClickAsync();
        await Expect(jonas.Page.Locator(".head .state")).ToHaveTextAsync("ausgeführt", new() { Timeout = 60_000 });
        // The documents follow in the background; the page says how many are missing.
        for (var missing = 1; missing > 0; )
        {
            await jonas.Page.GotoAsync("/office/printing?email=on");
            missing = await jonas.Page.GetByText("entsteht das PDF noch").CountAsync();
        }
    }
}
