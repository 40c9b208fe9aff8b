using System.Text.RegularExpressions;
using Association.Testing;
using Dapper;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Two people of a practice in Metz register for a congress that costs something; on the day they are let in, also without network.</summary>
public sealed class SeminarWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    private const string Slug = "pflege-ueber-grenzen-2027";

    [SkippableFact]
    public async Task two_register_in_french_on_a_phone_are_invoiced_and_let_in_on_the_day()
    {
        string link;
        await using (var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844))
            link = await RegisterAsync(phone);
        await using var anna = await Visit.BeginAsync(chromium, office, width: 1280);
        await anna.SignInAsync("office");
        var number = await BilledAsync(anna);
        await using (var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844))
            await OwnAsync(phone, link);
        await OnTheDayAsync(anna, number);
        await WithoutNetworkAsync(anna, number);
    }

    private static async Task<string> RegisterAsync(Visit phone)
    {
        var page = phone.Page;
        await page.GotoAsync($"/fr/veranstaltungen/{Slug}/anmelden");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Claire Weber");
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync("claire@cabinet-weber.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Une personne de plus" }).ClickAsync();
        await Expect(page.GetByText("Personne 2")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Nom", new() { Exact = true }).First).ToHaveValueAsync("Claire Weber");
        await page.GetByLabel("Nom", new() { Exact = true }).Nth(1).FillAsync("Paul Roth");
        foreach (var choice in await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Invité") }).AllAsync())
            await choice.CheckAsync();
        await page.GetByLabel("J’ai lu la note", new() { Exact = false }).CheckAsync();
        var shown = await page.Locator("main").AllInnerTextsAsync();
        GermanTexts.AmongAlsoFilled([.. shown.SelectMany(s => s.Split('\n'))]).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "S’inscrire avec obligation de paiement" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Qui reçoit la facture");
        await LookAsync(phone, "register-priced-fr", 390, 1280);
        await page.GetByLabel(new Regex("Nom ou société")).FillAsync("Cabinet Weber");
        await page.GetByLabel(new Regex("Rue et numéro")).FillAsync("1 rue Serpenoise");
        await page.GetByLabel(new Regex("Code postal")).FillAsync("57000");
        await page.GetByLabel(new Regex("Localité")).FillAsync("Metz");
        await page.GetByLabel("Pays").SelectOptionAsync("FR");
        await page.GetByRole(AriaRole.Button, new() { Name = "S’inscrire avec obligation de paiement" }).ClickAsync();
        await Expect(page.GetByText("Vous êtes inscrit")).ToBeVisibleAsync();
        phone.Complaints.ShouldBeEmpty();
        return page.Url;
    }

    private async Task<int> BilledAsync(Visit anna)
    {
        var number = await ReadAsync<int>("select number from events.mt_doc_eventplan where slug = @Slug", new { Slug });
        await Waiting.UntilAsync(
            async () =>
                await ReadAsync<long>("select count(*) from billing.invoice i join billing.invoice_document d on d.invoice_id = i.id where i.series = 'VR'")
                == 1,
            60,
            "the invoice is made"
        );
        await anna.Page.GotoAsync($"/office/events/{number}/bills");
        var row = anna.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("Cabinet Weber") });
        await Expect(row).ToContainTextAsync("190,00");
        await LookAsync(anna, "event-bills", 1280, 1440, 390);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(anna.Page.Locator("main")).ToContainTextAsync("Paul Roth");
        await Expect(anna.Page.Locator("main")).ToContainTextAsync("Umsatzsteuer");
        await LookAsync(anna, "event-invoice", 1280, 390);
        return number;
    }

    private static async Task OwnAsync(Visit phone, string link)
    {
        var page = phone.Page;
        await page.GotoAsync(link);
        await Expect(page.GetByText("Ouvert")).ToBeVisibleAsync();
        await LookAsync(phone, "own-priced-fr", 390, 1280);
        foreach (var file in new[] { "rechnung", "karte" })
        {
            var answer = await page.APIRequest.GetAsync(link.Replace("meine-anmeldung", $"meine-anmeldung/{file}").Replace("/fr/", "/"));
            answer.Headers["content-type"].ShouldBe("application/pdf", file);
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "Transmettre à une autre personne" }).ClickAsync();
        await LookAsync(phone, "hand-over-fr", 390);
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Annuler l’inscription" }).ClickAsync();
        await LookAsync(phone, "cancel-priced-fr", 390);
        phone.Complaints.ShouldBeEmpty();
    }

    private async Task OnTheDayAsync(Visit anna, int number)
    {
        // The day is here: the plan is moved to it, as only the calendar could.
        await ExecuteAsync(
            """
            update events.mt_doc_eventplan d set starts = t.day + time '06:00', ends = t.day + time '23:30',
              data = data || jsonb_build_object('starts', to_char(t.day, 'YYYY-MM-DD') || 'T06:00:00', 'ends', to_char(t.day, 'YYYY-MM-DD') || 'T23:30:00')
              from (select max(issued_on) as day from billing.invoice where series = 'VR') t where d.number = @number
            """,
            new { number }
        );
        var page = anna.Page;
        await page.GotoAsync($"/office/events/{number}/check-in");
        await Expect(page.GetByText("0 von 2")).ToBeVisibleAsync();
        await page.GetByLabel("Eintrittscode").FillAsync("ABCDE-FGHJK");
        await page.GetByRole(AriaRole.Button, new() { Name = "Einlassen", Exact = true }).First.ClickAsync();
        await Expect(page.GetByText("Zu diesem Code gehört keine Karte.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Paul Roth einlassen" }).ClickAsync();
        await Expect(page.GetByText("1 von 2")).ToBeVisibleAsync();
        await LookAsync(anna, "check-in", 1280, 1440, 390);
        var code = await ReadAsync<string>(
            "select t.code from events.ticket_code t join events.attendee a using (registration_id) where a.name = 'Claire Weber'"
        );
        await page.GotoAsync($"/office/check-in/{code}");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Claire Weber");
        await LookAsync(anna, "scanned-ticket", 390);
        foreach (var file in new[] { "attendance.xlsx", "badges.pdf" })
            (await page.APIRequest.GetAsync($"/office/events/{number}/{file}")).Ok.ShouldBeTrue(file);
    }

    private async Task WithoutNetworkAsync(Visit anna, int number)
    {
        var page = anna.Page;
        await page.GotoAsync($"/office/events/{number}/check-in");
        var code = await ReadAsync<string>(
            "select t.code from events.ticket_code t join events.attendee a using (registration_id) where a.name = 'Claire Weber'"
        );
        var day = await ReadAsync<DateTime>("select max(issued_on)::timestamp from billing.invoice where series = 'VR'");
        await page.Clock.SetSystemTimeAsync(DateTime.SpecifyKind(day.AddHours(1), DateTimeKind.Utc)); // the office counts another day than the browser
        await page.Context.SetOfflineAsync(true);
        await page.GetByLabel("Eintrittscode").FillAsync(code);
        await page.GetByLabel("Eintrittscode").PressAsync("Enter");
        await Expect(page.GetByLabel("Gescannte Karten")).ToHaveValueAsync(new Regex(code));
        await page.GetByLabel("Eintrittscode").FillAsync(code);
        await page.GetByLabel("Eintrittscode").PressAsync("Enter");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("2 Scans angekommen")).ToBeVisibleAsync();
        await Expect(page.GetByText("2 von 2")).ToBeVisibleAsync();
        (await ReadAsync<long>("select count(*) from events.check_in c join events.attendee a using (registration_id) where a.name = 'Claire Weber'")).ShouldBe(
            2
        );
        await page.ReloadAsync();
        await Expect(page.GetByText("2 von 2")).ToBeVisibleAsync();

        // Signed out meanwhile: what waits goes on waiting, and leaves when somebody signed in again.
        await page.Context.SetOfflineAsync(true);
        await page.GetByLabel("Eintrittscode").FillAsync(code);
        await page.GetByLabel("Eintrittscode").PressAsync("Enter");
        await Expect(page.GetByLabel("Gescannte Karten")).ToHaveValueAsync(new Regex(code));
        await page.Context.ClearCookiesAsync();
        await page.RunAndWaitForResponseAsync(
            () => page.Context.SetOfflineAsync(false),
            answer => answer.Url.Contains("check-in") || answer.Url.Contains("sign-in")
        );
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        (await page.EvaluateAsync<string>("() => localStorage.getItem(`scans:${location.pathname}`) ?? ''")).ShouldContain(code);
        await anna.SignInAsync("office");
        await page.GotoAsync($"/office/events/{number}/check-in");
        await Expect(page.GetByText("1 Scan angekommen")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("() => localStorage.getItem(`scans:${location.pathname}`) ?? ''")).ShouldBeEmpty();
    }

    private static async Task LookAsync(Visit visit, string name, params int[] widths)
    {
        await visit.ShouldBeAccessibleAsync();
        foreach (var width in widths)
        {
            (await Layout.FaultsAsync(visit.Page, width)).ShouldBeEmpty($"{name} at {width}");
            await visit.ShootAsync($"{name}-{width}");
        }
    }

    private async Task<T> ReadAsync<T>(string sql, object? values = null)
    {
        await using var connection = await office.ConnectAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    private async Task ExecuteAsync(string sql, object values)
    {
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync(sql, values);
    }
}
