using System.Text.RegularExpressions;
using Association.Testing;
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
        await Expect(admin.Page.GetByText("Eine zweite Person gibt die Einladung frei")).ToBeVisibleAsync();
        await admin.ShootAsync("people-invitation-note");
        await admin.ShouldBeAccessibleAsync();
        await Expect(admin.Page.GetByText(new Regex("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}"))).ToHaveCountAsync(0); // the code itself
        var link = await office.ReleasedLinkAsync((await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Zum Zugang" }).GetAttributeAsync("href"))!);

        await using var person = await Visit.BeginAsync(chromium, office, host: "localhost");
        await Authenticator.PlugInAsync(person.Page);
        await person.Page.GotoAsync(link);
        await person.ShootAsync("people-invitation");
        await person.ShouldBeAccessibleAsync();
        await person.Page.GetByLabel("Neues Passwort").FillAsync("ein kurzer satz");
        await person.Page.GetByLabel("Noch einmal").FillAsync("ein kurzer satz");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Passwort speichern und anmelden" }).ClickAsync();
        await Expect(person.Page.GetByText("Zweiten Faktor oder Passkey einrichten")).ToBeVisibleAsync();

        await person.Page.GotoAsync("/office/account");
        await person.Page.GetByLabel("Name des Geräts").FillAsync("Notebook Büro");
        await person.Page.Locator("[data-passkey=create]").GetByLabel("Jetziges Passwort").FillAsync("ein kurzer satz");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Passkey einrichten" }).ClickAsync();
        await Expect(person.Page.GetByText("Der Passkey „Notebook Büro“ ist eingerichtet.")).ToBeVisibleAsync();
        await RenameAsync(person.Page, "Notebook Büro", "Notebook im Sitzungszimmer mit dem langen Namen");
        await person.ShootAsync("people-account");
        await RenameAsync(person.Page, "Notebook im Sitzungszimmer mit dem langen Namen", "Notebook Büro");
        await person.ShouldBeAccessibleAsync();
        await person.Page.GotoAsync("/office");
        await Expect(person.Page.GetByText("Zweiten Faktor oder Passkey einrichten")).ToHaveCountAsync(0);

        await person.Page.Context.ClearCookiesAsync();
        await person.Page.GotoAsync("/sign-in?return=%2Foffice%2Faccount");
        await person.ShootAsync("people-sign-in");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Mit Passkey anmelden" }).ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Mein Zugang" })).ToBeVisibleAsync();

        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Entfernen Notebook Büro" }).ClickAsync();
        var remove = person.Page.GetByRole(AriaRole.Form, new() { Name = "Entfernen: Notebook Büro" });
        await remove.GetByLabel("Jetziges Passwort").FillAsync("ein kurzer satz");
        await remove.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(person.Page.GetByText("Der Passkey „Notebook Büro“ ist entfernt.")).ToBeVisibleAsync();
        await person.Page.Context.ClearCookiesAsync();
        await person.Page.GotoAsync("/sign-in");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Mit Passkey anmelden" }).ClickAsync();
        await Expect(person.Page.GetByText("Das ist nicht gelungen. Versuchen Sie es noch einmal").First).ToBeVisibleAsync();
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

    [SkippableFact]
    public async Task an_invited_person_comes_in_with_a_passkey_and_no_password()
    {
        using var admin = await new HttpVisit(office.Address).SignInAsync("admin");
        var note = await HttpVisit.ReadAsync(
            await admin.SubmitAsync(
                "/office/people/new",
                "new-person",
                ("Login", "passkey"),
                ("Name", "Petra Passkey"),
                ("Role", "board"),
                ("Language", "de"),
                ("Email", "")
            )
        );
        await using var person = await Visit.BeginAsync(chromium, office, host: "localhost");
        await Authenticator.PlugInAsync(person.Page);
        await person.Page.GotoAsync(await office.ReleasedLinkAsync(OfficeHost.PersonPage(note)));
        var form = person.Page.GetByRole(AriaRole.Form, new() { Name = "Mit Passkey" });
        await Expect(form.GetByLabel("Name des Geräts")).ToHaveValueAsync("Chrome unter Linux");
        await form.GetByRole(AriaRole.Button, new() { Name = "Passkey einrichten und anmelden" }).ClickAsync();
        await Expect(person.Page.GetByText("Ihr Passkey ist eingerichtet.")).ToBeVisibleAsync();
        await person.Page.GotoAsync("/office/account");
        await Expect(person.Page.GetByText("Sie melden sich mit Passkey an und haben kein Passwort.")).ToBeVisibleAsync();
        await person.ShouldBeAccessibleAsync();
        await person.ShootAsync("people-account-passkey");

        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Entfernen Chrome unter Linux" }).ClickAsync();
        await person.Page.GetByRole(AriaRole.Form, new() { Name = "Entfernen: Chrome unter Linux" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(person.Page.GetByText("Mit diesem Passkey allein kommen Sie herein.").First).ToBeVisibleAsync();
        await person.Page.Context.ClearCookiesAsync();
        await person.Page.GotoAsync("/sign-in");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Mit Passkey anmelden" }).ClickAsync();
        await Expect(person.Page.Locator("h1")).ToHaveTextAsync("Heute");
        person.Complaints.ShouldBeEmpty();
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

    private static async Task RenameAsync(IPage page, string from, string to)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = $"Umbenennen {from}" }).ClickAsync();
        await page.GetByRole(AriaRole.Form, new() { Name = $"Umbenennen: {from}" }).GetByLabel("Name des Geräts").FillAsync(to);
        await page.GetByRole(AriaRole.Button, new() { Name = "Namen speichern" }).ClickAsync();
        await Expect(page.GetByText($"Der Passkey heißt jetzt „{to}“.")).ToBeVisibleAsync();
    }
}
