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
        if (login.Length > 0) await visit.SignInAsync(login);
        var faults = new List<string>(); // of all pages at once: mending one after the other would take a run each
        foreach (var (_, path) in Addresses.All.Where(p => p.Login == login))
        {
            await visit.Page.SetViewportSizeAsync(1440, 900);
            var response = await visit.Page.GotoAsync(path);
            if (response!.Status != Addresses.StatusOf(login, path)) faults.Add($"{path} answers {response.Status}");
            await visit.ShootAsync(NameOf(login, path));
            await NoteAsync(faults, visit.ShouldBeAccessibleAsync);
            await visit.Page.SetViewportSizeAsync(320, 640);
            await NoteAsync(faults, visit.ShouldFitAsync);
        }
        faults.ShouldBeEmpty();
        visit.Complaints.Where(c => !c.Contains("status of 40", StringComparison.Ordinal)).ShouldBeEmpty(); // Chromium also notes refused and missing pages
    }

    [SkippableTheory]
    [InlineData("de", ColorScheme.Light), InlineData("de", ColorScheme.Dark)]
    [InlineData("fr", ColorScheme.Light), InlineData("fr", ColorScheme.Dark)]
    [InlineData("en", ColorScheme.Light), InlineData("en", ColorScheme.Dark)]
    public async Task the_components_are_accessible_in_every_language_and_theme(string language, ColorScheme theme)
    {
        await using var visit = await Visit.BeginAsync(chromium, office, theme: theme);
        await visit.SignInAsync("office");
        await visit.SpeakAsync(language);
        await visit.Page.GotoAsync("/office/components");
        (await visit.Page.GetAttributeAsync("html", "lang")).ShouldBe(language);
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync($"components-{language}-{theme.ToString().ToLowerInvariant()}");
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.ShouldFitAsync();
        if (language == "de") await visit.ShootAsync($"components-phone-{theme.ToString().ToLowerInvariant()}");
    }

    [SkippableFact]
    public async Task what_was_typed_stays_and_every_error_leads_to_its_field()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, scripts: false);
        await visit.SignInAsync("office");
        await visit.Page.GotoAsync("/office/components");
        await visit.Page.GetByLabel("Eintritt").FillAsync("31.02.2026");
        await visit.Page.GetByLabel("Betrag", new() { Exact = true }).FillAsync("viel");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Eingaben prüfen" }).ClickAsync();

        (await visit.Page.GetByLabel("Eintritt").InputValueAsync()).ShouldBe("31.02.2026");
        (await visit.Page.GetByLabel("Betrag", new() { Exact = true }).InputValueAsync()).ShouldBe("viel");
        (await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "3 Angaben stimmen noch nicht" }).CountAsync()).ShouldBe(1);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Eintritt: Diesen Tag gibt es nicht. So wird er geschrieben: 21.11.2026." }).ClickAsync();
        (await visit.Page.Locator("input:target").GetAttributeAsync("name")).ShouldBe("Joined");
        await visit.ShootAsync("components-errors");
    }

    [SkippableFact]
    public async Task the_slash_key_leads_into_the_search()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("office");
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
        string.Join('-', new[] { login }.Concat(path.Split(['/', '?', '=', '&'], StringSplitOptions.RemoveEmptyEntries)).Where(p => p.Length > 0)) is { Length: > 0 } name ? name : "start";
}
