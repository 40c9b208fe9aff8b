using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The office makes the workbook for the board; the board takes the very same file later.</summary>
[Collection(OfficeCollection.Name)]
public sealed class BoardReportWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task the_office_makes_a_report_and_the_board_downloads_the_same_bytes_later()
    {
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Vorstandsbericht" }).First.ClickAsync();
        await Expect(anna.Page.Locator("h1")).ToHaveTextAsync("Vorstandsbericht");
        await Expect(anna.Page.GetByText("Die Kontrollzeilen gehen auf")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();

        await anna.Page.GetByLabel("Bis", new() { Exact = true }).FillAsync("31.10.2025");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zeitraum zeigen" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Der letzte Tag liegt vor dem ersten.");
        await Expect(anna.Page.GetByLabel("Bis", new() { Exact = true })).ToHaveValueAsync("31.10.2025");
        await anna.ShouldBeAccessibleAsync();
        await anna.Page.GetByLabel("Bis", new() { Exact = true }).FillAsync("30.11.2026");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zeitraum zeigen" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Bericht erstellen" }).ClickAsync();
        await Expect(anna.Page.GetByText("vorstandsbericht-2026-01-01-2026-11-30.xlsx ist erstellt und abgelegt.")).ToBeVisibleAsync();
        var made = await DownloadAsync(anna.Page, anna.Page.GetByRole(AriaRole.Link, new() { Name = "Herunterladen", Exact = true }));
        SheetsOf(made).ShouldBe(9);
        await anna.Page.GotoAsync("/office/board-report");
        await anna.ShootAsync("vorstandsbericht");

        await using (var connection = await office.ConnectAsync())
            await Dapper.SqlMapper.ExecuteAsync(connection, "update membership.member set phone = '0681 1' where number = '5005'"); // the world goes on

        await using var board = await Visit.BeginAsync(chromium, office, scripts: false);
        await board.SignInAsync("board");
        await board.Page.GotoAsync("/office/board-report");
        var again = await DownloadAsync(board.Page, board.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("01.01.2026 – 30.11.2026") }).First);
        again.ShouldBe(made);
        anna.Complaints.ShouldBeEmpty();
        board.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(320, ColorScheme.Light, "board-report-phone")]
    [InlineData(1440, ColorScheme.Dark, "board-report-dark")]
    public async Task the_page_fits_a_phone_and_the_dark(int width, ColorScheme theme, string picture)
    {
        await using var board = await Visit.BeginAsync(chromium, office, width: width, theme: theme);
        await board.SignInAsync("board");
        await board.Page.GotoAsync("/office/board-report");
        await board.ShouldFitAsync();
        await board.ShouldBeAccessibleAsync();
        await board.ShootAsync(picture);
    }

    // As the browser would fetch it, with the person's own cookies.
    private static async Task<byte[]> DownloadAsync(IPage page, ILocator link)
    {
        var answer = await page.Context.APIRequest.GetAsync(new Uri(new Uri(page.Url), await link.GetAttributeAsync("href")).ToString());
        answer.Headers["content-disposition"].ShouldContain("attachment");
        return await answer.BodyAsync();
    }

    private static int SheetsOf(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return zip.Entries.Count(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal));
    }
}
