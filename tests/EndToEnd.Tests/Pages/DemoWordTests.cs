using Association.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Nobody takes a demo for an office's own books.</summary>
[Collection(OfficeCollection.Name)]
public sealed class DemoWordTests(OfficeHost office, Chromium chromium)
{
    [Theory]
    [InlineData("de", "Demo", "Eigenen Verein einrichten")]
    [InlineData("fr", "Démo", "Installer votre propre association")]
    [InlineData("en", "Demo", "Set up your own association")]
    public async Task the_word_stands_on_every_page_of_a_demo_with_the_way_to_ones_own(string language, string word, string way)
    {
        var without = new List<string>();
        foreach (var login in Addresses.All.Select(p => p.Login).Distinct())
        {
            using var visit = new HttpVisit(office.Address);
            if (login.Length > 0)
                await visit.SignInAsync(login);
            await visit.GetAsync($"/language/{language}?back=/");
            foreach (var path in Addresses.In(language, login))
            {
                var strip = (await visit.ReadAsync(path)).QuerySelectorAll(".demo-strip");
                if (strip.Length != 1 || strip[0].QuerySelector("b")?.TextContent != word || strip[0].QuerySelector("a[href='/setup']")?.TextContent != way)
                    without.Add($"{login} {path}");
            }
        }
        without.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task the_word_is_printed_too_and_the_way_to_ones_own_can_be_read_at_every_width()
    {
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("office");
        foreach (var width in (int[])[1440, 1280, 390])
        {
            await visit.Page.SetViewportSizeAsync(width, 844);
            await visit.Page.GotoAsync("/office");
            await visit.ShootAsync($"demo-office-{width}");
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await Expect(visit.Page.Locator(".demo-strip b")).ToBeVisibleAsync();
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            await visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Demo" }).GetByRole(AriaRole.Link).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Eigenen Verein einrichten");
            await visit.ShouldFitAsync();
            await visit.ShootAsync($"demo-setup-{width}");
        }
        visit.Complaints.ShouldBeEmpty();
    }
}
