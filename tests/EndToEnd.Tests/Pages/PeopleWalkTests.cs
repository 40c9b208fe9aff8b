using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The administrator invites somebody, who comes in, sets up a passkey and signs in with it.</summary>
[Collection(OfficeCollection.Name)]
public sealed class PeopleWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task an_invitation_becomes_a_sign_in_with_a_passkey()
    {
        await using var admin = await Visit.BeginAsync(chromium, office, host: "localhost");
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/people/new");
        await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Hannelore Freifrau von Quittenbaum-Wendelsberg");
        await admin.Page.GetByLabel("Anmeldename").FillAsync("hannelore");
        await admin.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Geschäftsstelle") }).CheckAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Zugang anlegen" }).ClickAsync();
        await Expect(admin.Page.GetByText("Die Einladung ist ausgestellt")).ToBeVisibleAsync();
        await admin.ShootAsync("people-invitation-note");
        await admin.ShouldBeAccessibleAsync();
        var link = new Uri(await admin.Page.Locator("code.typed").InnerTextAsync()).PathAndQuery;

        await using var person = await Visit.BeginAsync(chromium, office, host: "localhost");
        await PlugInAuthenticatorAsync(person.Page);
        await person.Page.GotoAsync(link);
        await person.ShootAsync("people-invitation");
        await person.ShouldBeAccessibleAsync();
        await person.Page.GetByLabel("Neues Passwort").FillAsync("ein kurzer satz");
        await person.Page.GetByLabel("Noch einmal").FillAsync("ein kurzer satz");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Passwort speichern und anmelden" }).ClickAsync();
        await Expect(person.Page.GetByText("Zweiten Faktor oder Passkey einrichten")).ToBeVisibleAsync();

        await person.Page.GotoAsync("/office/account");
        await person.Page.GetByLabel("Name des Geräts").FillAsync("Notebook Büro");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Passkey einrichten" }).ClickAsync();
        await Expect(person.Page.GetByText("Der Passkey „Notebook Büro“ ist eingerichtet.")).ToBeVisibleAsync();
        await person.ShootAsync("people-account");
        await person.ShouldBeAccessibleAsync();
        await person.Page.GotoAsync("/office");
        await Expect(person.Page.GetByText("Zweiten Faktor oder Passkey einrichten")).ToHaveCountAsync(0);

        await person.Page.Context.ClearCookiesAsync();
        await person.Page.GotoAsync("/sign-in?return=%2Foffice%2Faccount");
        await person.ShootAsync("people-sign-in");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Mit Passkey anmelden" }).ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Mein Zugang" })).ToBeVisibleAsync();

        await person.Page.GetByRole(AriaRole.Form, new() { Name = "Entfernen: Notebook Büro" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(person.Page.GetByText("Der Passkey „Notebook Büro“ ist entfernt.")).ToBeVisibleAsync();
        await person.Page.Context.ClearCookiesAsync();
        await person.Page.GotoAsync("/sign-in");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Mit Passkey anmelden" }).ClickAsync();
        await Expect(person.Page.GetByText("Das ging nicht.").First).ToBeVisibleAsync();
        admin.Complaints.ShouldBeEmpty();
        person.Complaints.ShouldBeEmpty();

        await admin.Page.GotoAsync("/office/people");
        await admin.ShootAsync("people");
        await admin.ShouldBeAccessibleAsync();
        await admin.Page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new("Hannelore") }).First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(admin.Page.Locator(".state", new() { HasText = "benutzt" })).ToBeVisibleAsync();
        await admin.ShootAsync("people-person");
        await admin.ShouldBeAccessibleAsync();
    }

    [SkippableTheory]
    [InlineData("/office/account", "people-account-phone")]
    [InlineData("/office/people", "people-phone")]
    public async Task nothing_is_lost_on_a_phone_in_the_dark(string path, string picture)
    {
        await using var admin = await Visit.BeginAsync(chromium, office, width: 320, height: 800, theme: ColorScheme.Dark);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync(path);
        await admin.ShouldFitAsync();
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync(picture);
    }

    [SkippableFact]
    public async Task without_scripts_the_password_does_as_before()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, scripts: false);
        await visit.SignInAsync("board");
        await visit.Page.GotoAsync("/office/account");

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Passkey einrichten" })).ToBeHiddenAsync();
        await Expect(visit.Page.GetByText("Hier geht das nicht: Passkeys brauchen JavaScript")).ToBeVisibleAsync();
    }

    /// <summary>An authenticator in the browser that has a user who always agrees.</summary>
    private static async Task PlugInAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
