using System.Text;
using System.Text.Json;
using Association.Events.Calendars;
using Association.Events.Planning.Model;
using Association.Events.Publishing;
using Ical.Net;
using Shouldly;
using Xunit;
using static Association.Events.Tests.Planning.PlanningOffice;

namespace Association.Events.Tests.Publishing;

/// <summary>What calendars and search engines are told of an event.</summary>
public sealed class CalendarFileTests
{
    private const string Address = "https://verein.example/de/veranstaltungen/x";

    private static EventPlan Plan(DateTime starts, DateTime ends) =>
        new()
        {
            Id = new Guid("01980000-0000-7000-8000-000000000001"),
            Number = 1,
            Slug = "x",
            Kind = EventKind.Congress,
            Stage = EventStage.Published,
            Title = new Words("Pflege; über, Grenzen", "Soins sans frontières"),
            Summary = new Words("Zeile </script><b>"),
            Starts = starts,
            Ends = ends,
            Venue = Hall,
            Sequence = 2,
            ChangedAt = new DateTimeOffset(2027, 6, 1, 12, 0, 0, TimeSpan.Zero),
        };

    [Theory]
    [InlineData(2027, 3, 27, 20, 28, 6, 9)] // over the night in spring: an hour less
    [InlineData(2027, 10, 30, 20, 31, 6, 11)] // in autumn: an hour more
    [InlineData(2027, 7, 1, 9, 1, 17, 8)]
    public void a_calendar_reads_the_same_clock_and_the_same_duration(int year, int month, int day, int hour, int endDay, int endHour, int hours)
    {
        var plan = Plan(new DateTime(year, month, day, hour, 0, 0), new DateTime(year, month, endDay, endHour, 0, 0));
        var calendar = Calendar.Load(Text(plan))!;
        var entry = calendar.Events.ShouldHaveSingleItem();
        entry.DtStart!.TzId.ShouldBe("Europe/Berlin");
        entry.DtStart.Value.ShouldBe(plan.Starts);
        (entry.DtEnd!.AsUtc - entry.DtStart.AsUtc).ShouldBe(TimeSpan.FromHours(hours));
        entry.DtStart.AsUtc.ShouldBe(plan.Starts.ToInstant().UtcDateTime);
        calendar.TimeZones.ShouldHaveSingleItem().TzId.ShouldBe("Europe/Berlin");
    }

    [Fact]
    public void an_entry_keeps_its_uid_tells_its_sequence_and_that_it_is_cancelled()
    {
        var plan = Plan(At(9, 16, 9), At(9, 16, 17));
        var text = Text(plan);
        text.ShouldContain("UID:01980000-0000-7000-8000-000000000001@events.association");
        text.ShouldContain("SEQUENCE:2");
        text.ShouldContain("METHOD:PUBLISH");
        text.ShouldContain("DTSTAMP:20270601T120000Z");
        text.ShouldContain("BEGIN:VTIMEZONE");
        text.ShouldContain("TZOFFSETTO:+0200");
        Text(plan).ShouldBe(text, "the same bytes, or who subscribed would load them again");

        var gone = Text(plan with { Stage = EventStage.Cancelled, CancelReason = new Words("Der Saal steht unter Wasser.") });
        gone.ShouldContain("METHOD:CANCEL");
        gone.ShouldContain("STATUS:CANCELLED");
        gone.ShouldContain("unter Wasser");
        foreach (var line in text.Split("\r\n"))
            Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
    }

    [Fact]
    public void a_feed_has_all_entries_a_name_and_says_how_often_to_ask()
    {
        var plans = new[]
        {
            Plan(At(9, 16, 9), At(9, 16, 17)),
            Plan(At(10, 16, 9), At(10, 16, 17)) with
            {
                Id = Guid.CreateVersion7(),
                Stage = EventStage.Cancelled,
            },
        };
        var text = Encoding.UTF8.GetString(CalendarFile.Of(plans, "Veranstaltungen Bliesland", "fr", slug => "https://x.example/" + slug));
        text.ShouldContain("X-WR-CALNAME:Veranstaltungen Bliesland");
        text.ShouldContain("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        text.ShouldContain("METHOD:PUBLISH");
        var calendar = Calendar.Load(text)!;
        calendar.Events.Count.ShouldBe(2);
        calendar.Events.ShouldAllBe(e => e.Summary == "Soins sans frontières");
        Encoding.UTF8.GetString(CalendarFile.Of([], "Leer", "de", slug => slug)).ShouldContain("END:VCALENDAR");
    }

    [Fact]
    public void search_engines_read_time_with_its_offset_place_and_price_and_no_text_ends_the_script()
    {
        var plan = Plan(At(9, 16, 9), At(9, 16, 17)) with { Tickets = [Ticket("Gast", 95) with { Until = new DateOnly(2027, 8, 1) }] };
        var json = StructuredData.Of(plan, "de", Address, "Verein");
        json.ShouldNotContain("</script>");
        var data = JsonDocument.Parse(json).RootElement;
        data.GetProperty("startDate").GetString().ShouldBe("2027-09-16T09:00:00+02:00");
        data.GetProperty("offers")[0].GetProperty("price").GetString().ShouldBe("95.00");
        data.GetProperty("location")[0].GetProperty("address").GetProperty("addressLocality").GetString().ShouldBe("Saarbrücken");
        data.GetProperty("eventStatus").GetString().ShouldBe("https://schema.org/EventScheduled");
    }

    [Theory]
    [InlineData("**fett** und [Link](https://x.example)", "<p><strong>fett</strong> und <a href=\"https://x.example\">Link</a></p>")]
    [InlineData("# Titel\n\n- eins\n- zwei", "<h3>Titel</h3>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("[x](javascript:alert(1))", "<p><a>x</a></p>")]
    [InlineData("![x](https://fremd.example/pixel.png)", "<p></p>")]
    [InlineData("", "")]
    public void markdown_is_html_that_runs_nothing(string text, string html) => MarkdownText.ToHtml(text).Trim().ShouldBe(html);

    [Fact]
    public void what_is_nested_too_deep_is_shown_as_it_was_typed() => MarkdownText.ToHtml(new string('[', 20_000)).ShouldStartWith("<p>[[[[");

    private static string Text(EventPlan plan) => Encoding.UTF8.GetString(CalendarFile.Of(plan, "de", Address));
}
