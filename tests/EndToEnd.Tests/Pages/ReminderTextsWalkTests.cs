using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The office writes what the first demand says in French: a misspelt field is named with its place, a look at the letter, a version, and the way
/// back.</summary>
public sealed class ReminderTextsWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task the_office_writes_a_text_and_goes_back_to_the_programs()
    {
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        var page = anna.Page;
        await page.GotoAsync("/office/reminders");
        await page.GetByRole(AriaRole.Link, new() { Name = "Texte der Mahnungen" }).ClickAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("reminder-texts-1");
        await page.GetByRole(AriaRole.Region, new() { Name = "1. Mahnung" }).GetByRole(AriaRole.Link, new() { Name = "Französisch" }).ClickAsync();
        await Expect(page.GetByLabel("Aufforderung")).ToHaveValueAsync("Merci de virer {Montant} au plus tard le {DateLimite}.");

        await page.GetByLabel("Betreff").FillAsync("Relance amicale");
        await page.GetByLabel("Aufforderung").FillAsync("Merci de virer {Montnt} avant le {DateLimite}.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Text speichern" }).ClickAsync();
        await Expect(page.GetByText("Zeile 1, Zeichen 16").First).ToBeVisibleAsync();
        (await LookAsync(page)).ShouldStartWith("400 text/plain");
        await Expect(page.GetByLabel("Betreff")).ToHaveValueAsync("Relance amicale");
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("reminder-texts-2-refused");

        await page.GetByLabel("Aufforderung").FillAsync("Merci de virer {Montant} avant le {DateLimite}.");
        (await LookAsync(page)).ShouldStartWith("200 application/pdf");
        await page.GetByRole(AriaRole.Button, new() { Name = "Text speichern" }).ClickAsync();
        await Expect(page.GetByText("Der Text ist gespeichert.")).ToBeVisibleAsync();
        await page.GotoAsync("/office/reminders/texts/First/fr");
        await Expect(page.GetByText("Fassung 1,")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await page.SetViewportSizeAsync(320, 844);
        await anna.ShouldFitAsync();
        await anna.ShootAsync("reminder-texts-3-phone");
        await page.SetViewportSizeAsync(1280, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Zurück zum Text des Programms" }).ClickAsync();
        await Expect(page.GetByText("Es gilt wieder der Text des Programms.")).ToBeVisibleAsync();
        anna.Complaints.ShouldAllBe(c => c.Contains("400"), "the look at what cannot be printed");
    }

    // As „Als PDF ansehen“ posts the form: into a window of its own, which no test reads.
    private static Task<string> LookAsync(IPage page) =>
        page.EvaluateAsync<string>(
            """
            async () => {
              const button = document.querySelector('[formaction*="text-preview"]');
              const answer = await fetch(button.getAttribute('formaction'), { method: 'POST', body: new FormData(button.form) });
              return `${answer.status} ${answer.headers.get('content-type')}`;
            }
            """
        );
}
