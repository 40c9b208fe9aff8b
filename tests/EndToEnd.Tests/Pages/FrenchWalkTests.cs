using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>A colleague who reads French: today, a view of the members, a statement, the post, the report, the settings.</summary>
[Collection(OfficeCollection.Name)]
public sealed partial class FrenchWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task the_office_works_in_french_from_today_to_the_settings()
    {
        await using var claire = await Visit.BeginAsync(chromium, office);
        await claire.SignInAsync("office");
        await SpeakAsync(claire.Page, "Sprache", "Français", "Sprache speichern", "fr");
        try
        {
            await WorkAsync(claire);
        }
        finally
        {
            await SpeakAsync(claire.Page, "Langue", "Deutsch", "Enregistrer la langue", "de"); // the other tests know her speaking German
        }
        claire.Complaints.ShouldBeEmpty();
    }

    private static async Task SpeakAsync(IPage page, string label, string language, string button, string code)
    {
        await page.GotoAsync("/office/account");
        await page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = language });
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", code);
        await page.GotoAsync("/office");
    }

    private static async Task WorkAsync(Visit claire)
    {
        var page = claire.Page;
        await Expect(page.Locator("h1")).ToHaveTextAsync("Aujourd’hui");
        await Expect(page.GetByText("lundi 23 novembre 2026")).ToBeVisibleAsync();
        await ShouldBeFrenchAsync(claire, "francais-1-aujourdhui");

        await page.GetByRole(AriaRole.Link, new() { Name = "Membres" }).First.ClickAsync();
        await page.GetByLabel("Rechercher", new() { Exact = true }).FillAsync("Sozialstation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Appliquer", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Enregistrer la vue" }).ClickAsync();
        await ShouldBeFrenchAsync(claire, "francais-2-vue");
        await page.GetByLabel("Nom de la vue").FillAsync("Soins à domicile");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la vue" }).ClickAsync();
        await Expect(page.GetByText("Vue « Soins à domicile » enregistrée.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Soins à domicile") })).ToHaveAttributeAsync("aria-current", new Regex("."));
        await ShouldBeFrenchAsync(claire, "francais-3-membres");
        await claire.ShouldBeAccessibleAsync();

        await page.Locator(".rowname a").First.ClickAsync();
        await ShouldBeFrenchAsync(claire, "francais-4-membre");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compte", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Relevé pour une période" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Relevé de compte");
        await page.GetByLabel("Du", new() { Exact = true }).FillAsync("1/1/2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Appliquer", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Du", new() { Exact = true })).ToHaveValueAsync("01/01/2026");
        await ShouldBeFrenchAsync(claire, "francais-5-releve");

        await page.GetByRole(AriaRole.Link, new() { Name = "Finances" }).First.ClickAsync();
        await ShouldBeFrenchAsync(claire, "francais-finances");
        await page.GetByRole(AriaRole.Link, new() { Name = "Impression et envoi" }).First.ClickAsync();
        await ShouldBeFrenchAsync(claire, "francais-6-impression");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rapport au comité" }).First.ClickAsync();
        await Expect(page.Locator("#f-from")).ToHaveValueAsync("01/01/2026");
        await ShouldBeFrenchAsync(claire, "francais-7-rapport");
        await claire.ShouldBeAccessibleAsync();

        await page.GotoAsync("/office/settings");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Réglages");
        await ShouldBeFrenchAsync(claire, "francais-8-reglages");
    }

    // No German sentence, and dates and amounts as they are written in French.
    private static async Task ShouldBeFrenchAsync(Visit visit, string picture)
    {
        await visit.ShootAsync(picture);
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        var shown = await visit.Page.EvaluateAsync<string[]>(
            "() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); while (walk.nextNode()) found.push(walk.currentNode.data); return [...found, ...[...document.querySelectorAll('[aria-label],[placeholder],[title]')].flatMap(e => ['aria-label', 'placeholder', 'title'].map(a => e.getAttribute(a) ?? ''))]; }"
        );
        GermanTexts.AmongAlsoFilled(shown).ShouldBeEmpty(visit.Page.Url);
        shown.Where(s => GermanForm().IsMatch(s)).ShouldBeEmpty(visit.Page.Url);
    }

    // 23.11.2026 and 1.234,50
    [GeneratedRegex(@"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{1,3}\.\d{3},\d\d\b")]
    private static partial Regex GermanForm();
}
