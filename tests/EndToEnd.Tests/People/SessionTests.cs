using System.Net;
using Association.Office.People.Sessions;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.People;

/// <summary>A session that was ended is refused with the next request.</summary>
[Collection(OfficeCollection.Name)]
public sealed class SessionTests(OfficeHost office)
{
    [Fact]
    public async Task a_person_sees_the_own_sessions_and_ends_the_others()
    {
        using var here = await new HttpVisit(office.Address).SignInAsync("office2");
        using var there = await new HttpVisit(office.Address).SignInAsync("office2");

        var page = await here.ReadAsync("/office/account");
        page.QuerySelectorAll("section[aria-labelledby=sessions] tbody tr").Length.ShouldBeGreaterThanOrEqualTo(2);
        page.QuerySelectorAll("section[aria-labelledby=sessions] .badge").Single().TextContent.ShouldBe("diese");
        (await here.SubmitAsync("/office/account", "end-others")).StatusCode.ShouldBe(HttpStatusCode.Found);

        (await here.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "to the sign-in");
    }

    [Fact]
    public async Task nobody_ends_somebody_elses_session()
    {
        using var mine = await new HttpVisit(office.Address).SignInAsync("office2");
        using var board = await new HttpVisit(office.Address).SignInAsync("board");
        using var second = await new HttpVisit(office.Address).SignInAsync("board");
        await using var connection = await office.ConnectAsync();
        var foreign = await connection.QueryFirstAsync<Guid>(
            "select s.id from identity.session s join identity.person p on p.id = s.person_id where p.user_name = 'office2' and s.ended_at is null"
        );
        var row = (await board.ReadAsync("/office/account"))
            .QuerySelectorAll("input[name=_handler]")
            .First(i => i.GetAttribute("value")!.StartsWith("end-0", StringComparison.Ordinal));

        var forged = await (await board.FillAsync("/office/account", row.GetAttribute("value")!)).ReadAsStringAsync();
        await board.PostAsync(
            "/office/account",
            new StringContent(
                forged.Replace(row.GetAttribute("value")!, $"end-{foreign:N}", StringComparison.Ordinal),
                System.Text.Encoding.ASCII,
                "application/x-www-form-urlencoded"
            )
        );

        (await mine.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_administrator_ends_all_sessions_of_a_person()
    {
        using var person = await new HttpVisit(office.Address).SignInAsync("board");
        using var admin = await new HttpVisit(office.Address).SignInAsync("admin");
        var page = (await admin.ReadAsync("/office/people"))
            .QuerySelectorAll("th.rowname a")
            .First(a => a.TextContent == "Dr. Nora Groß")
            .GetAttribute("href")!;

        (await admin.SubmitAsync(page, "end-sessions")).StatusCode.ShouldBe(HttpStatusCode.Found);

        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await admin.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_cookie_kept_after_signing_out_opens_nothing()
    {
        using var person = await new HttpVisit(office.Address).SignInAsync("office2");
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync(
            "update identity.session s set ended_at = now() from identity.person p where p.id = s.person_id and p.user_name = 'office2'"
        );

        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task a_session_that_was_silent_for_a_day_is_over()
    {
        using var person = await new HttpVisit(office.Address).SignInAsync("office2");
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync(
            "update identity.session s set last_seen_at = last_seen_at - interval '11 hours' from identity.person p where p.id = s.person_id and p.user_name = 'office2'"
        );

        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari", "macOS")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
        "Chrome",
        "iPhone"
    )]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux")]
    [InlineData("curl/8.5", "", "")]
    [InlineData(null, "", "")]
    public void a_device_is_told_in_two_words(string? userAgent, string browser, string system) => Session.DeviceOf(userAgent).ShouldBe((browser, system));
}
