using System.Text.RegularExpressions;
using Association.Platform.Data.Settings;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Somebody registers for a forum in French on a phone, opens the link of her mail on another one and cancels.</summary>
public sealed partial class RegistrationWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    private const string Claire = "claire.weber@moselle.example";

    [SkippableFact]
    public async Task somebody_registers_in_french_on_a_phone_and_cancels_by_the_link_of_her_mail()
    {
        await using var server = new TrialServer();
        await WriteByMailAsync(server.Port);
        await using (var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844))
            await RegisterAsync(phone);
        var link = await LinkAsync(server);
        await using (var later = await Visit.BeginAsync(chromium, office, width: 390, height: 844))
            await CancelAsync(later, link);

        await using var anna = await Visit.BeginAsync(chromium, office, width: 1280);
        await anna.SignInAsync("office");
        await anna.Page.GotoAsync("/office/events/2/registrations");
        var row = anna.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("Claire Weber") });
        await Expect(row).ToContainTextAsync("Hat selbst abgesagt.");
        await Expect(row).ToContainTextAsync("végétarienne");
        await LookAsync(anna, "registrations-from-form", 1280, 390);
    }

    private static async Task RegisterAsync(Visit phone)
    {
        var page = phone.Page;
        await page.GotoAsync("/fr/veranstaltungen/gesundheitsforum-pflege-2027");
        await page.GetByRole(AriaRole.Link, new() { Name = "S’inscrire", Exact = true }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        var shown = await page.Locator("main").AllInnerTextsAsync();
        GermanTexts.AmongAlsoFilled([.. shown.SelectMany(s => s.Split('\n'))]).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirmer l’inscription" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Indiquez votre nom");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Claire Weber");
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync("claire");
        await page.GetByLabel(new Regex("^\\s*Remarque")).FillAsync("végétarienne");
        await page.GetByLabel("J’ai lu la note", new() { Exact = false }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirmer l’inscription" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("n’est pas une adresse e-mail");
        await Expect(page.GetByLabel("Nom", new() { Exact = true })).ToHaveValueAsync("Claire Weber");
        await LookAsync(phone, "register-fr", 390);
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(Claire);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirmer l’inscription" }).ClickAsync();
        await Expect(page.GetByText("Vous êtes inscrit")).ToBeVisibleAsync();
        await LookAsync(phone, "registered-fr", 390);
        phone.Complaints.ShouldBeEmpty();
    }

    private static async Task CancelAsync(Visit later, string link)
    {
        var page = later.Page;
        (await page.GotoAsync(link))!.Headers["referrer-policy"].ShouldBe("no-referrer");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Expect(page.GetByText("Vous êtes inscrit")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Annuler l’inscription" }).ClickAsync();
        await LookAsync(later, "cancel-own-fr", 390);
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler l’inscription" }).ClickAsync();
        await Expect(page.GetByText("Votre inscription est annulée")).ToBeVisibleAsync();
        await LookAsync(later, "cancelled-own-fr", 390, 1280);
        await page.GotoAsync(link[..^1] + (link[^1] == 'A' ? 'E' : 'A'));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Ce lien n’ouvre rien");
        later.Complaints.ShouldBeEmpty();
    }

    private static async Task LookAsync(Visit visit, string name, params int[] widths)
    {
        await visit.ShouldBeAccessibleAsync();
        foreach (var width in widths)
        {
            (await Layout.FaultsAsync(visit.Page, width)).ShouldBeEmpty($"{name} at {width}");
            await visit.ShootAsync($"{name}-{width}");
        }
    }

    private async Task WriteByMailAsync(int port)
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
        (await rules.SaveAsync(connection, await rules.CurrentAsync(CancellationToken.None) with { Mail = mail }, CancellationToken.None)).ShouldNotBeNull();
    }

    private static async Task<string> LinkAsync(TrialServer server)
    {
        await Waiting.UntilAsync(() => Task.FromResult(server.Mails.Any(m => m.To.Contains(Claire))), 60, "she has her mail");
        var text = server
            .Mails.Single(m => m.To.Contains(Claire))
            .Data.Replace("=\r\n", "", StringComparison.Ordinal)
            .Replace("=3D", "=", StringComparison.Ordinal);
        return Link().Match(text).Value;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/fr/meine-anmeldung\?key=[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
