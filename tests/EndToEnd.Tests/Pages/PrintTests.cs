using System.Text;
using Association.Testing;
using Dapper;
using Microsoft.Playwright;
using Shouldly;
using UglyToad.PdfPig;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Lists on paper, printed by the browser and read back: all rows of the filter, all columns, on A4.</summary>
[Collection(FilledOfficeCollection.Name)]
public sealed class PrintTests(FilledOffice filled, Chromium chromium)
{
    private const double A4Short = 595;
    private const double A4Long = 842;

    // A wide list lies across, a narrow one stands upright.
    [SkippableTheory]
    [InlineData("/office/members", true)]
    [InlineData(
        "/office/members?status=Active&cols=number,name,category,town,joined,route,dues,status,postal_code,street,email,phone,recipient,value,tags",
        true
    )]
    [InlineData("/office/invoices?state=Open", true)]
    [InlineData("/office/open-items", true)]
    [InlineData("/office/ledger?from=01.11.2026", false)]
    [InlineData("/office/dues/{run}/charges", false)]
    [InlineData("/office/dues/regulation/1/simulation", true)]
    public async Task a_list_is_printed_with_all_its_rows_and_all_its_columns(string path, bool across)
    {
        await using var visit = await Visit.BeginAsync(chromium, filled.Office, width: Layout.OfficeWidth);
        await visit.SignInAsync("office");
        var page = visit.Page;
        await page.GotoAsync(path.Replace("{run}", filled.Run, StringComparison.Ordinal));
        var onScreen = await page.Locator("table").Last.Locator("tbody tr").CountAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Alle Zeilen drucken" }).ClickAsync();
        await page.WaitForURLAsync("**print=1**");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("print" + path.Replace('/', '-').Replace('?', '-')[..Math.Min(path.Length, 40)]);
        (await page.Locator("nav, .actions:visible, input:visible").CountAsync()).ShouldBe(
            await page.Locator("nav.views").CountAsync(),
            "nothing to click but the way back"
        );
        var table = page.Locator("table").Last;
        var rows = await table.Locator("tbody tr").CountAsync();
        rows.ShouldBeGreaterThan(onScreen);
        var headers = await Words(table.Locator("thead th:visible"));
        var last = await Words(table.Locator("tbody tr").Last.Locator("td:visible, th:visible"));

        var (pages, words) = await PrintAsync(page, visit, path);
        foreach (var sheet in pages)
        {
            (sheet.Width, sheet.Height).ShouldBe(across ? (A4Long, A4Short) : (A4Short, A4Long));
            sheet.Right.ShouldBeLessThan(sheet.Width - 20, "nothing is cut at the right edge");
        }
        pages.Count.ShouldBeGreaterThan(2);
        foreach (var sheet in pages.SkipLast(1)) // the last may hold no more than the count
            sheet.Text.ShouldContain(headers[^1], Case.Sensitive, "the header stands on every page");
        var end = string.Concat(pages.TakeLast(2).Select(p => p.Text));
        foreach (var cell in last)
            end.ShouldContain(cell);
        words.ShouldContain($"1/{pages.Count}");
        words.ShouldContain("23.November2026");
        words.ShouldContain(Bare(await page.Locator("h1").InnerTextAsync()));
        words.ShouldNotContain("Abmelden");
        foreach (var filter in await SeenAsync(page.Locator(".chip, p.print-only")))
            words.ShouldContain(filter);
    }

    [SkippableFact]
    public async Task the_members_are_all_there_and_the_filter_stands_in_words()
    {
        await using var visit = await Visit.BeginAsync(chromium, filled.Office, width: Layout.OfficeWidth);
        await visit.SignInAsync("office");
        var page = visit.Page;
        await page.GotoAsync("/office/members?print=1");
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(filled.Members);
        await page.GotoAsync("/office/members?category=hospital&status=Active");
        await page.GetByRole(AriaRole.Link, new() { Name = "Alle Zeilen drucken" }).ClickAsync();
        await page.WaitForURLAsync("**print=1*"); // paper is made of what the browser holds, not of what it was asked for
        var (_, words) = await PrintAsync(page, visit, "filtered");
        words.ShouldContain("Gefiltertnach");
        words.ShouldContain("Krankenh");
        words.ShouldContain("aktiv");
        await page.GetByRole(AriaRole.Link, new() { Name = "Zurück zur Liste" }).ClickAsync();
        await page.WaitForURLAsync("**/office/members?category=hospital&status=Active");
    }

    [SkippableFact]
    public async Task the_page_itself_is_printed_with_its_last_column_and_says_that_it_is_only_a_page()
    {
        await using var visit = await Visit.BeginAsync(chromium, filled.Office, width: Layout.OfficeWidth);
        await visit.SignInAsync("office");
        await visit.Page.GotoAsync("/office/members");
        var last = await Words(visit.Page.Locator("tbody tr").Last.Locator("td:visible, th:visible"));
        var (pages, words) = await PrintAsync(visit.Page, visit, "members-page");
        pages.ShouldAllBe(p => p.Right < p.Width - 20);
        foreach (var cell in last.Where(c => c.Length > 0))
            words.ShouldContain(cell);
        words.ShouldContain("GedrucktistnurdieseSeitederListe");
        words.ShouldNotContain("Weiter");
    }

    // Paper ends somewhere; what is left out is said.
    [Fact]
    public async Task a_list_longer_than_paper_says_how_many_rows_are_printed()
    {
        await using var connection = await filled.Office.ConnectAsync();
        await connection.ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category)
            select gen_random_uuid(), 'V' || n, 'person', 'Vielzahl ' || n, 'person' from generate_series(1, 5001) n
            """
        );
        try
        {
            using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
            var page = await anna.ReadAsync("/office/members?q=Vielzahl&print=1");
            page.QuerySelectorAll("tbody tr").Length.ShouldBe(5000);
            page.QuerySelector(".sheet-foot")!.TextContent.ShouldContain("Gedruckt sind die ersten 5.000 Zeilen; alle stehen in der Excel-Datei.");
        }
        finally
        {
            await connection.ExecuteAsync("delete from membership.member where name like 'Vielzahl %'");
        }
    }

    // Without what is only said to a screen reader.
    private static async Task<IReadOnlyList<string>> SeenAsync(ILocator parts) =>
        [
            .. (
                await parts.EvaluateAllAsync<string[]>(
                    "all => all.map(p => { const c = p.cloneNode(true); c.querySelectorAll('.sr').forEach(s => s.remove()); return c.textContent; })"
                )
            ).Select(Bare),
        ];

    private static async Task<IReadOnlyList<string>> Words(ILocator cells) => [.. (await cells.AllInnerTextsAsync()).Select(Bare)];

    // A word that breaks in its cell is the same word.
    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\u00ad'));

    private static async Task<(IReadOnlyList<Sheet> Pages, string Words)> PrintAsync(IPage page, Visit visit, string name)
    {
        var bytes = await page.PdfAsync(new() { PreferCSSPageSize = true });
        if (Environment.GetEnvironmentVariable("ASSOCIATION_TEST_PICTURES") == "1")
            await File.WriteAllBytesAsync(
                Path.Combine(
                    Repository.Root,
                    "artifacts",
                    "screenshots",
                    "print" + name.Replace('/', '-').Replace('?', '-')[..Math.Min(name.Length, 40)] + ".pdf"
                ),
                bytes
            );
        using var document = PdfDocument.Open(bytes);
        var sheets = document
            .GetPages()
            .Select(p => new Sheet(
                Math.Round(p.Width),
                Math.Round(p.Height),
                p.Letters.Where(l => l.Value.Trim().Length > 0).Select(l => l.BoundingBox.Right).DefaultIfEmpty(0).Max(),
                Bare(p.Text)
            ))
            .ToList();
        var all = new StringBuilder();
        foreach (var sheet in sheets)
            all.Append(sheet.Text).Append('\n');
        return (sheets, all.ToString());
    }

    private sealed record Sheet(double Width, double Height, double Right, string Text);
}
