using System.Text;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>An office morning with reminders: who is due and who is left out, a stop, a run that a second person agrees to, mails that leave, a payment with
/// the fee.</summary>
public sealed class RemindersWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task the_office_reminds_the_board_agrees_and_what_is_paid_or_stopped_drops_out()
    {
        await using var server = new TrialServer();
        await SetRulesAsync(server.Port);
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        var members = await OweAsync(anna);
        var page = anna.Page;

        await page.GotoAsync("/office");
        await page.GetByRole(AriaRole.Link, new() { Name = "3 Mahnschreiben sind fällig", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mahnungen", Exact = true })).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("reminders-1-due");
        await StopAsync(anna, members[2].Number);
        await page.GotoAsync("/office/reminders");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Überfällig und nicht gemahnt" }).GetByRole(AriaRole.Table))
            .ToContainTextAsync("Mahnsperre");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mahnlauf einreichen" }).ClickAsync();
        await Expect(page.GetByText("Mahnlauf 1 ist eingereicht und wartet auf Zustimmung.")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await AgreeAsync();

        await page.GotoAsync("/office/reminders/1");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("reminders-3-approved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schreiben erstellen und versenden" }).ClickAsync();
        await Waiting.UntilAsync(() => Task.FromResult(server.Mails.Count == 2), 60, "two reminders arrive");
        await page.GotoAsync("/office/reminders/1");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "MA-1" }).First).ToBeVisibleAsync();
        await anna.ShootAsync("reminders-4-sent");

        await page.GotoAsync($"/office/members/{members[0].Number}/reminders");
        await Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("Zahlungserinnerung");
        await anna.ShouldBeAccessibleAsync();
        await page.SetViewportSizeAsync(390, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("reminders-5-member-phone");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GotoAsync("/office/open-items?level=Reminder");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GotoAsync("/office/invoices/EB-00001/payment");
        await Expect(page.GetByText("dazu Mahngebühren von")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Zahlung erfassen" }).ClickAsync();
        await page.GotoAsync("/office/open-items?level=Reminder");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        anna.Complaints.ShouldBeEmpty();
    }

    private static async Task StopAsync(Visit anna, string member)
    {
        var page = anna.Page;
        await page.GotoAsync($"/office/members/{member}/reminders");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mahnsperre setzen" }).ClickAsync();
        await anna.ShouldBeAccessibleAsync();
        await page.GetByLabel("Grund").SelectOptionAsync("Promise");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mahnsperre setzen" }).ClickAsync();
        await Expect(page.GetByText("Eine Stundung oder Zusage gilt bis zu einem Tag.").First).ToBeVisibleAsync();
        await page.GetByLabel("Bis", new() { Exact = true }).FillAsync("22.11.2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mahnsperre setzen" }).ClickAsync();
        await Expect(page.GetByText("Das Ende liegt vor dem heutigen Tag (23.11.2026).").First).ToBeVisibleAsync();
        await page.GetByLabel("Bis", new() { Exact = true }).FillAsync("10.12.2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mahnsperre setzen" }).ClickAsync();
        await Expect(page.GetByText("Die Mahnsperre ist gesetzt.")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("reminders-2-stops");
    }

    private async Task AgreeAsync()
    {
        await using var nora = await Visit.BeginAsync(chromium, office);
        await nora.SignInAsync("office2");
        await nora.Page.GotoAsync("/office");
        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "Mahnlauf 1 wartet auf Ihre Zustimmung", Exact = true }).ClickAsync();
        await nora.ShouldBeAccessibleAsync();
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Zustimmen", Exact = true }).ClickAsync();
        await Expect(nora.Page.GetByText("Mahnlauf 1 kann versandt werden.").First).ToBeVisibleAsync();
        nora.Complaints.ShouldBeEmpty();
    }

    // Balances of earlier books that are long overdue.
    private async Task<IReadOnlyList<(string Number, string Name)>> OweAsync(Visit anna)
    {
        await using var connection = await office.ConnectAsync();
        IReadOnlyList<(string Number, string Name)> members = [];
        await Waiting.UntilAsync(
            async () =>
                (
                    members = (
                        await connection.QueryAsync<(string, string)>(
                            "select member_number, name from billing.account where email is not null order by member_number limit 3"
                        )
                    ).AsList()
                ).Count == 3,
            60,
            "the demo's members have accounts"
        );
        var list = string.Concat(members.Select(m => $"{m.Number};{m.Name};120,00;;Beitrag 2025;15.02.2026\n"));
        await anna.Page.GotoAsync("/office/opening-balances");
        await anna
            .Page.GetByLabel("Saldenliste", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "salden.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes("Mitgliedsnummer;Name;Offener Betrag;Guthaben;Beleg/Jahr;Fällig am\n" + list),
                }
            );
        await anna.Page.GetByLabel("Kontrollsumme").FillAsync("360,00");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Datei lesen" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "3 Posten übernehmen" }).ClickAsync();
        await Expect(anna.Page.GetByText("sind übernommen.")).ToBeVisibleAsync();
        return members;
    }

    private async Task SetRulesAsync(int port)
    {
        await using var connection = await office.ConnectAsync();
        await using var scope = office.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var mail = new MailRules
        {
            Server = "127.0.0.1",
            Port = port,
            Security = MailSecurity.Plain,
            SenderAddress = "post@bliesland.example",
        };
        var current = await rules.CurrentAsync(CancellationToken.None);
        (
            await rules.SaveAsync(
                connection,
                current with
                {
                    Mail = mail,
                    Reminders = new ReminderRules(ReminderFee: new Money(2.50m)),
                },
                CancellationToken.None
            )
        ).ShouldNotBeNull();
    }
}
