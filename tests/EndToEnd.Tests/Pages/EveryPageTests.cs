using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

[Collection(OfficeCollection.Name)]
public sealed class EveryPageTests(OfficeHost office, Chromium chromium)
{
    public static TheoryData<string> Logins => [.. Addresses.All.Select(p => p.Login).Distinct()];

    [SkippableTheory]
    [MemberData(nameof(Logins))]
    public async Task every_page_is_accessible_fits_a_phone_and_obeys_its_content_policy(string login)
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        if (login.Length > 0)
            await visit.SignInAsync(login);
        var faults = new List<string>(); // of all pages at once: mending one after the other would take a run each
        foreach (var (_, path) in Addresses.All.Where(p => p.Login == login))
        {
            await visit.Page.SetViewportSizeAsync(1440, 900);
            var response = await visit.Page.GotoAsync(path);
            if (response!.Status != Addresses.StatusOf(login, path))
                faults.Add($"{path} answers {response.Status}");
            await visit.ShootAsync(NameOf(login, path));
            await NoteAsync(faults, visit.ShouldBeAccessibleAsync);
            await visit.Page.SetViewportSizeAsync(320, 640);
            await NoteAsync(faults, visit.ShouldFitAsync);
        }
        faults.ShouldBeEmpty();
        visit.Complaints.Where(c => !c.Contains("status of 40", StringComparison.Ordinal)).ShouldBeEmpty(); // Chromium also notes refused and missing pages
    }

    // A theme changes no word and a language no colour; German by day is looked at on every page, above.
    [SkippableTheory]
    [InlineData("de", ColorScheme.Dark), InlineData("fr", ColorScheme.Light), InlineData("en", ColorScheme.Light)]
    public async Task the_components_are_accessible_in_every_language_and_theme(string language, ColorScheme theme)
    {
        await using var visit = await Visit.BeginAsync(chromium, office, theme: theme);
        await visit.SignInAsync("office");
        await visit.SpeakAsync(language);
        await visit.Page.GotoAsync("/office/components");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync($"components-{language}-{theme.ToString().ToLowerInvariant()}");
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.ShouldFitAsync();
        await visit.ShootAsync($"components-phone-{language}-{theme.ToString().ToLowerInvariant()}");
    }

    // One page of every kind: a list with columns of one's own, a form, a statement, work that waits for a choice, a report, the editor of rules.
    [SkippableTheory]
    [InlineData("de", ColorScheme.Dark), InlineData("fr", ColorScheme.Light), InlineData("en", ColorScheme.Light)]
    public async Task a_page_of_every_kind_is_accessible_in_every_language_and_theme(string language, ColorScheme theme)
    {
        var faults = new List<string>();
        await using (var anna = await Visit.BeginAsync(chromium, office, theme: theme))
        {
            await anna.SignInAsync("office");
            var rules = await RulesOfADraftAsync(anna.Page);
            await LookAsync(
                anna,
                [
                    "/office",
                    "/office/members?cols=number,name,postal_code,tags,email&since=01.01.2000",
                    "/office/members/5005",
                    "/office/accounts/5005",
                    "/office/sending",
                    "/office/printing",
                    "/office/board-report",
                    rules,
                    rules + "/rules/hospital",
                ]
            );
        }
        await using (var admin = await Visit.BeginAsync(chromium, office, theme: theme))
        {
            await admin.SignInAsync("admin");
            await LookAsync(admin, ["/office/settings/claims", "/office/settings/letterhead", "/office/people/roles"]);
        }
        faults.ShouldBeEmpty();

        async Task LookAsync(Visit visit, IEnumerable<string> paths)
        {
            await visit.SpeakAsync(language);
            foreach (var path in paths)
            {
                await visit.Page.SetViewportSizeAsync(1440, 900);
                await visit.Page.GotoAsync(path);
                if (await visit.Page.GetAttributeAsync("html", "lang") != language)
                    faults.Add($"{path} does not speak {language}");
                await NoteAsync(faults, visit.ShouldBeAccessibleAsync);
                await visit.Page.SetViewportSizeAsync(320, 640);
                await NoteAsync(faults, visit.ShouldFitAsync);
            }
        }
    }

    // The draft of a year that no other test speaks of; whoever comes second finds it.
    private static async Task<string> RulesOfADraftAsync(IPage page)
    {
        await page.GotoAsync("/office/dues/regulation");
        var draft = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "01.01.2035" }).GetByRole(AriaRole.Link);
        if (await draft.CountAsync() > 0)
        {
            await draft.First.ClickAsync();
        }
        else
        {
            await page.GetByLabel("Gültig ab").FillAsync("01.01.2035");
            await page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen" }).ClickAsync();
        }
        await page.WaitForURLAsync(url => char.IsDigit(url[^1]));
        return new Uri(page.Url).AbsolutePath;
    }

    [SkippableFact]
    public async Task what_was_typed_stays_and_every_error_leads_to_its_field()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, scripts: false);
        await visit.SignInAsync("office");
        await visit.Page.GotoAsync("/office/components");
        await visit.Page.GetByLabel("Eintritt").FillAsync("31.02.2026");
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Betrag", Exact = true }).FillAsync("viel");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Eingaben prüfen" }).ClickAsync();

        await Expect(visit.Page.GetByLabel("Eintritt")).ToHaveValueAsync("31.02.2026");
        await Expect(visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Betrag", Exact = true })).ToHaveValueAsync("viel");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "3 Angaben stimmen noch nicht" })).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Eintritt: Diesen Tag gibt es nicht. So wird er geschrieben: 21.11.2026." }).ClickAsync();
        await Expect(visit.Page.Locator("input:target")).ToHaveAttributeAsync("name", "Joined");
        await visit.ShootAsync("components-errors");
    }

    [SkippableFact]
    public async Task the_slash_key_leads_into_the_search()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("office");
        await visit.Page.GotoAsync("/office"); // waits for the page's scripts, which a key pressed at once after signing in would miss
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("Lebach");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/office/search?q=Lebach");
    }

    private static async Task NoteAsync(List<string> faults, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (ShouldAssertException fault)
        {
            faults.Add(fault.Message);
        }
    }

    private static string NameOf(string login, string path) =>
        string.Join('-', new[] { login }.Concat(path.Split(['/', '?', '=', '&'], StringSplitOptions.RemoveEmptyEntries)).Where(p => p.Length > 0))
            is { Length: > 0 } name
            ? name
            : "start";
}
