using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>
/// The office plans a congress with two sessions at once, is warned of the room, publishes it; somebody reads it on a phone in French; the office moves it, and
/// calendars are told. The file for calendars is read by a parser that is not ours.
/// </summary>
public sealed class EventsWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    private static readonly Lazy<string> Parser = new(() =>
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("ical.min.cjs")!);
        return reader.ReadToEnd();
    });

    [SkippableFact]
    public async Task a_congress_is_planned_published_read_on_a_phone_in_french_and_moved()
    {
        await using var anna = await Visit.BeginAsync(chromium, office, width: 1280);
        var page = anna.Page;
        await anna.SignInAsync("office");
        await page.GotoAsync("/office/events/new");
        await FillAsync(page, ("Titel (deutsch)", "Kongress Telemedizin"), ("Titel (französisch)", "Congrès de télémédecine"));
        await page.GetByLabel("Art").SelectOptionAsync("Congress");
        await FillAsync(page, ("Beginn am", "28.03.2027"), ("Beginn um", "2:30"), ("Ende am", "28.03.2027"), ("Ende um", "17"));
        await ClickAsync(page, "Entwurf anlegen");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("gibt es in dieser Nacht nicht");
        await FillAsync(page, ("Beginn um", "9:30"));
        await ClickAsync(page, "Entwurf anlegen");
        await Expect(page.GetByText("Der Kurztext fehlt.")).ToBeVisibleAsync();
        var own = new Uri(page.Url).AbsolutePath;
        await LookAsync(anna, "event-draft");

        await page.GotoAsync(own + "/texts");
        await FillAsync(
            page,
            ("Öffentliche Adresse", "telemedizin-2027"),
            ("Kurztext (deutsch)", "Zwei Tage Praxis."),
            ("Kurztext (französisch)", "Deux jours de pratique.")
        );
        await FillAsync(page, ("Beschreibung (deutsch)", "Ein **langer** Tag.\n\n- eins\n- zwei\n\n<script>alert(1)</script>"));
        await ClickAsync(page, "Speichern");
        await LookAsync(anna, "event-texts");
        await page.GotoAsync(own + "/time");
        await FillAsync(page, ("Haus", "Arsenal"), ("Straße und Hausnummer", "3 avenue Ney"), ("PLZ", "57000"), ("Ort", "Metz"));
        await page.GetByLabel("Land").SelectOptionAsync("FR");
        await ClickAsync(page, "Speichern");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Gespeichert");
        await LookAsync(anna, "event-time");

        await page.GotoAsync(own + "/rooms/new");
        await FillAsync(page, ("Name des Raums", "Großer Saal"), ("Plätze", "120"));
        await ClickAsync(page, "Speichern");
        await AddSessionAsync(page, own, "Werkstatt eins");
        await AddSessionAsync(page, own, "Werkstatt zwei");
        await Expect(page.GetByText("Raum „Großer Saal“ ist zweimal belegt")).ToBeVisibleAsync();
        await LookAsync(anna, "event-programme");
        await AddTicketAsync(page, own, "Mitglied", "-1", "38");
        await AddTicketAsync(page, own, "Gast", "95,005", "95,00");
        await LookAsync(anna, "event-tickets");
        await page.GotoAsync(own);
        await ClickAsync(page, "Jetzt veröffentlichen");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("veröffentlicht");
        await LookAsync(anna, "event-published");

        await using var phone = await Visit.BeginAsync(chromium, office, width: 390, height: 844);
        await phone.Page.GotoAsync("/fr/veranstaltungen?kind=Congress");
        await Expect(phone.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await LookAsync(phone, "calendar-fr", 390, 1280);
        await phone.Page.SetViewportSizeAsync(390, 844);
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Congrès de télémédecine" }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Congrès de télémédecine");
        await Expect(phone.Page.GetByText("95,00 €")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("n’existent pas encore en français")).ToBeVisibleAsync();
        using var data = JsonDocument.Parse((await phone.Page.Locator("script[type='application/ld+json']").TextContentAsync())!);
        data.RootElement.GetProperty("startDate").GetString().ShouldBe("2027-03-28T09:30:00+02:00");
        (await phone.Page.Locator("link[hreflang]").CountAsync()).ShouldBe(4);
        await LookAsync(phone, "event-fr", 390, 1280, 1440);
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(phone.Page).ToHaveURLAsync(new Regex("/de/veranstaltungen/telemedizin-2027$"));
        await Expect(phone.Page.GetByText("<script>alert(1)</script>")).ToBeVisibleAsync();

        var told = await CalendarAsync(phone, "/fr/veranstaltungen/telemedizin-2027.ics");
        (told.Summary, told.Sequence, told.Starts, told.Hours).ShouldBe(("Congrès de télémédecine", 0, "2027-03-28T07:30:00Z", 7.5));
        await page.GotoAsync(own + "/time");
        await FillAsync(page, ("Beginn am", "27.03.2027"), ("Ende am", "28.03.2027"));
        await page.GetByLabel("Das Programm rückt mit").UncheckAsync();
        await ClickAsync(page, "Speichern");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Gespeichert");
        var moved = await CalendarAsync(phone, "/fr/veranstaltungen/telemedizin-2027.ics");
        // Over the night in which the clocks go forward: 31.5 hours by the clock, 30.5 in truth.
        (moved.Uid, moved.Sequence, moved.Starts, moved.Hours).ShouldBe((told.Uid, 1, "2027-03-27T08:30:00Z", 30.5));
        (await CalendarAsync(phone, "/veranstaltungen.ics?kind=Congress")).Entries.ShouldBe(2); // with the demo's
        anna.Complaints.ShouldBeEmpty();
        phone.Complaints.ShouldBeEmpty();
    }

    private static async Task AddSessionAsync(IPage page, string own, string title)
    {
        await page.GotoAsync(own + "/programme/new");
        await FillAsync(page, ("Titel (deutsch)", title), ("Beginn um", "13:30"), ("Ende um", "15:30"));
        await page.GetByLabel("Raum").SelectOptionAsync(new SelectOptionValue { Label = "Großer Saal" });
        await ClickAsync(page, "Speichern");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
    }

    private static async Task AddTicketAsync(IPage page, string own, string name, string wrong, string price)
    {
        await page.GotoAsync(own + "/tickets/new");
        await FillAsync(page, ("Name der Karte (deutsch)", name), ("Preis", wrong));
        await ClickAsync(page, "Speichern");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Preis");
        await FillAsync(page, ("Preis", price));
        await ClickAsync(page, "Speichern");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
    }

    private static async Task FillAsync(IPage page, params (string Label, string Text)[] fields)
    {
        foreach (var (label, text) in fields)
            await page.GetByLabel(new Regex($"^\\s*{Regex.Escape(label)}(\\s+\\(freiwillig\\))?\\s*$")).FillAsync(text);
    }

    private static Task ClickAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task LookAsync(Visit visit, string name, params int[] widths)
    {
        await visit.ShouldBeAccessibleAsync();
        foreach (var width in widths.Length > 0 ? widths : [1280])
        {
            (await Layout.FaultsAsync(visit.Page, width)).ShouldBeEmpty($"{name} at {width}");
            await visit.ShootAsync($"{name}-{width}");
        }
    }

    /// <summary>Fetched as a calendar does, and read by ical.js in the browser.</summary>
    private static async Task<Told> CalendarAsync(Visit visit, string path)
    {
        var answer = await visit.Page.APIRequest.GetAsync(path);
        answer.Headers["content-type"].ShouldBe("text/calendar; charset=utf-8");
        var again = await visit.Page.APIRequest.GetAsync(
            path,
            new() { Headers = new Dictionary<string, string> { ["If-None-Match"] = answer.Headers["etag"] } }
        );
        again.Status.ShouldBe(304);
        var read = await visit.Page.EvaluateAsync<JsonElement>(
            $$"""
            text => {
              const module = { exports: {} }, exports = module.exports;
              {{Parser.Value}};
              const ICAL = module.exports.default ?? module.exports;
              const calendar = new ICAL.Component(ICAL.parse(text));
              for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
              const events = calendar.getAllSubcomponents('vevent');
              const event = new ICAL.Event(events[0]);
              return { uid: event.uid, summary: event.summary, sequence: event.sequence ?? 0, entries: events.length,
                starts: event.startDate.toJSDate().toISOString(),
                hours: (event.endDate.toUnixTime() - event.startDate.toUnixTime()) / 3600 };
            }
            """,
            await answer.TextAsync()
        );
        return new Told(
            read.GetProperty("uid").GetString()!,
            read.GetProperty("summary").GetString()!,
            read.GetProperty("sequence").GetInt32(),
            read.GetProperty("entries").GetInt32(),
            read.GetProperty("starts").GetString()!.Replace(".000Z", "Z", StringComparison.Ordinal),
            read.GetProperty("hours").GetDouble()
        );
    }

    private sealed record Told(string Uid, string Summary, int Sequence, int Entries, string Starts, double Hours);
}
