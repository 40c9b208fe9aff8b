using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Who is told when, and who does what until when.</summary>
[Collection(OfficeCollection.Name)]
public sealed class CalendarWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task a_person_chooses_the_days_on_which_heute_comes_by_mail()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("office2");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Per E-Mail" }).ClickAsync();
        await Expect(visit.Page.GetByText("kommt: an keinem Tag")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Für Sie ist keine E-Mail-Adresse hinterlegt")).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Montag").CheckAsync();
        await visit.Page.GetByLabel("Donnerstag").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tage speichern" }).ClickAsync();

        await Expect(visit.Page.GetByText("„Heute“ kommt jetzt am Montag und Donnerstag.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("Donnerstag")).ToBeCheckedAsync();
        await Expect(visit.Page.GetByLabel("Freitag")).Not.ToBeCheckedAsync();
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("digest");
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task the_steps_of_a_dues_year_are_ticked_and_given_to_people()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("office");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Checkliste", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Beitragsjahr 2027" })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Form, new() { Name = "Erledigt: Beitragsordnung prüfen" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visit.Page.GetByText("„Beitragsordnung prüfen“ ist erledigt.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Jahr abschließen", new() { Exact = true }).SelectOptionAsync("Jonas Thull");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();

        await Expect(visit.Page.Locator("#step-Closing")).ToContainTextAsync("Jonas Thull");
        await Expect(visit.Page.Locator("#step-Regulation")).ToContainTextAsync("Anna Dörr");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("dues-year");
        visit.Complaints.ShouldBeEmpty();
    }
}
