using System.Text.RegularExpressions;
using Association.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Whatever is done with rows of a list leads back to the list as it was: filter, order, columns and page; and says what happened.</summary>
[Collection(FilledOfficeCollection.Name)]
public sealed class ListReturnTests(FilledOffice filled, Chromium chromium)
{
    private const string Filtered = "/office/members?status=Active&sort=-town&cols=name%2Ctown%2Cdues&size=20";

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_bulk_action_leads_back_to_the_page_of_the_list_where_it_was_begun(bool scripts)
    {
        await using var visit = await Visit.BeginAsync(chromium, filled.Office, scripts: scripts);
        await visit.SignInAsync("office");
        var page = visit.Page;
        await page.GotoAsync(Filtered);
        await page.GetByRole(AriaRole.Link, new() { Name = "Weiter", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**after=**");
        var begun = new Uri(page.Url).PathAndQuery;
        var tag = scripts ? "Rundgang" : "Rundgang II";
        foreach (var box in (await page.Locator("tbody input[type=checkbox]").AllAsync()).Take(2))
            await box.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Schlagwort geben" }).ClickAsync();
        (await page.GetByRole(AriaRole.Link, new() { Name = "Mitglieder", Exact = true }).Last.GetAttributeAsync("href")).ShouldBe(
            begun,
            "giving up leads back, too"
        );
        await page.GetByLabel("Schlagwort", new() { Exact = true }).FillAsync(tag);
        await page.GetByRole(AriaRole.Button, new() { Name = "2 Mitgliedern geben" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("2 Mitglieder haben das Schlagwort.");
        new Uri(page.Url).PathAndQuery.ShouldBe(begun);

        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Zurücknehmen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Für 2 Mitglieder zurücknehmen$") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Zurückgenommen.");
        (await page.Locator(".crumbs a").Last.GetAttributeAsync("href")).ShouldBe(begun);
    }

    // Where it leads is the office's own list and nothing else.
    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/office/members")]
    [InlineData("/office/invoices")]
    [InlineData("/office/members-of-another")]
    public async Task no_other_address_is_led_back_to(string back)
    {
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        var page = await anna.ReadAsync($"/office/members/bulk/tag?n=5005&back={Uri.EscapeDataString(back)}");
        page.QuerySelectorAll(".crumbs a")[^1].GetAttribute("href").ShouldStartWith("/office/members?");
    }

    // A filter that is too long to be carried along does not make the address of the action too long.
    [Fact]
    public async Task all_matches_of_a_very_long_filter_can_still_be_chosen()
    {
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        var list = await anna.ReadAsync("/office/members?status=Active&view=" + new string('x', 3000));
        var href = list.QuerySelector(".bulk-all a")!.GetAttribute("href")!;
        href.Length.ShouldBeLessThan(200);
        (await anna.GetAsync(href)).IsSuccessStatusCode.ShouldBeTrue();
    }
}
