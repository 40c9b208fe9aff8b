using System.Net;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

[Collection(OfficeCollection.Name)]
public sealed class SignInTests(OfficeHost office)
{
    [Fact]
    public async Task the_office_asks_who_is_there_and_comes_back_to_the_page()
    {
        using var visit = new HttpVisit(office.Address);

        var refused = await visit.GetAsync("/office/people");
        refused.StatusCode.ShouldBe(HttpStatusCode.Found);
        refused.Headers.Location!.ToString().ShouldContain("/sign-in?return=%2Foffice%2Fpeople");

        var entered = await visit.SubmitAsync("/sign-in?return=%2Foffice%2Fpeople", "sign-in", ("Login", "admin"), ("Password", Visit.Password));
        entered.Headers.Location!.ToString().ShouldEndWith("/office/people");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task signing_in_leads_to_no_other_site(string target)
    {
        using var visit = new HttpVisit(office.Address);

        var entered = await visit.SubmitAsync($"/sign-in?return={Uri.EscapeDataString(target)}", "sign-in", ("Login", "admin"), ("Password", Visit.Password));

        entered.Headers.Location!.ToString().ShouldEndWith("/office");
    }

    [Fact]
    public async Task a_wrong_password_is_answered_in_plain_german_and_keeps_the_name()
    {
        using var visit = new HttpVisit(office.Address);

        var page = await HttpVisit.ReadAsync(await visit.SubmitAsync("/sign-in", "sign-in", ("Login", "nobody"), ("Password", "guess")));

        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Stimmen Anmeldename und Passwort?");
        page.QuerySelector("input[name=Login]")!.GetAttribute("value").ShouldBe("nobody");
        page.QuerySelector("input[name=Password]")!.GetAttribute("value").ShouldBeNull();
    }

    [Fact]
    public async Task five_wrong_passwords_lock_the_sign_in_even_for_the_right_one()
    {
        await PersonAsync("locked", "Mira Locked");
        using var visit = new HttpVisit(office.Address);
        for (var i = 0; i < 5; i++)
            await visit.SubmitAsync("/sign-in", "sign-in", ("Login", "locked"), ("Password", "guess"));

        var page = await HttpVisit.ReadAsync(await visit.SubmitAsync("/sign-in", "sign-in", ("Login", "locked"), ("Password", Visit.Password)));

        var unknown = await HttpVisit.ReadAsync(await visit.SubmitAsync("/sign-in", "sign-in", ("Login", "nobody-at-all"), ("Password", Visit.Password)));
        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Nach fünf falschen Passwörtern");
        page.QuerySelector("[role=alert]")!.TextContent.ShouldBe(unknown.QuerySelector("[role=alert]")!.TextContent, "who tries learns nothing");
    }

    [Fact]
    public async Task with_a_second_factor_the_password_alone_opens_nothing()
    {
        await PersonAsync("second", "Theo Second");
        using var visit = new HttpVisit(office.Address);
        await visit.SignInAsync("second");
        var setup = await HttpVisit.ReadAsync(await visit.GetAsync("/office/account/second-factor"));
        var key = setup.QuerySelector(".typed")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

        var wrong = await HttpVisit.ReadAsync(
            await visit.SubmitAsync("/office/account/second-factor", "enrol", ("Code", "000000"), ("Password", Visit.Password))
        );
        wrong.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Der Code stimmt nicht.");
        var done = await HttpVisit.ReadAsync(
            await visit.SubmitAsync("/office/account/second-factor", "enrol", ("Code", AuthenticatorApp.CodeOf(key)), ("Password", Visit.Password))
        );
        var codes = done.QuerySelectorAll("li.typed").Select(c => c.TextContent).ToList();
        codes.Count.ShouldBe(10);
        (await visit.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK, "this browser stays signed in");

        using var other = new HttpVisit(office.Address);
        var half = await other.SubmitAsync("/sign-in", "sign-in", ("Login", "second"), ("Password", Visit.Password));
        half.Headers.Location!.ToString().ShouldContain("/sign-in/code");
        (await other.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found);
        await other.SubmitAsync("/sign-in/code", "code", ("Code", AuthenticatorApp.CodeOf(key)));
        (await other.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "the code that set it up is used up");
        (await other.SubmitAsync("/sign-in/code", "code", ("Code", AuthenticatorApp.CodeOf(key, ahead: 1)))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await other.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var third = new HttpVisit(office.Address);
        await third.SubmitAsync("/sign-in", "sign-in", ("Login", "second"), ("Password", Visit.Password));
        await third.SubmitAsync("/sign-in/code", "code", ("Code", codes[0]));
        (await third.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK, "a recovery code replaces the app");

        using var fourth = new HttpVisit(office.Address);
        await fourth.SubmitAsync("/sign-in", "sign-in", ("Login", "second"), ("Password", Visit.Password));
        await fourth.SubmitAsync("/sign-in/code", "code", ("Code", codes[0]));
        (await fourth.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "but only once");

        (await visit.ReadAsync("/office/account")).Body!.TextContent.ShouldContain("Wiederherstellungscodes übrig: 9");
        (await HttpVisit.ReadAsync(await visit.SubmitAsync("/office/account/second-factor", "renew", ("Password", "guess"))))
            .QuerySelector("[role=alert]")!
            .TextContent.ShouldContain("Das Passwort stimmt nicht.");
        var renewed = await HttpVisit.ReadAsync(await visit.SubmitAsync("/office/account/second-factor", "renew", ("Password", Visit.Password)));
        renewed.QuerySelectorAll("li.typed").Select(c => c.TextContent).Intersect(codes).ShouldBeEmpty();
        await fourth.SubmitAsync("/sign-in", "sign-in", ("Login", "second"), ("Password", Visit.Password));
        await fourth.SubmitAsync("/sign-in/code", "code", ("Code", codes[1]));
        (await fourth.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "the old ones are replaced");
        await fourth.SubmitAsync("/sign-in/code", "code", ("Code", renewed.QuerySelector("li.typed")!.TextContent.ToLowerInvariant().Replace('-', ' ')));
        (await fourth.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK, "as a person types it");
        await using var connection = await office.ConnectAsync();
        (await connection.QuerySingleAsync<int>("select count(*)::int from identity.recovery_code where length(code_hash) = 32")).ShouldBeGreaterThanOrEqualTo(
            10
        );
        (await connection.QuerySingleAsync<int>("select count(*)::int from identity.person_token where name = 'RecoveryCodes'")).ShouldBe(0);
    }

    [Fact]
    public async Task a_form_without_its_antiforgery_token_is_refused()
    {
        using var visit = new HttpVisit(office.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([
                KeyValuePair.Create("_handler", "sign-in"),
                KeyValuePair.Create("Login", "admin"),
                KeyValuePair.Create("Password", Visit.Password),
            ]),
        };

        (await visit.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task signing_out_needs_the_forms_token_and_ends_the_session()
    {
        using var visit = await new HttpVisit(office.Address).SignInAsync("admin");
        using var bare = new HttpRequestMessage(HttpMethod.Post, "/sign-out");

        (await visit.SendAsync(bare)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visit.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task PersonAsync(string login, string name)
    {
        using var person = new HttpVisit(office.Address);
        await person.SubmitAsync(await LinkAsync(login, name), "accept", ("Password", Visit.Password), ("Again", Visit.Password));
    }

    private async Task<string> LinkAsync(string login, string name)
    {
        using var admin = await new HttpVisit(office.Address).SignInAsync("admin");
        var page = await HttpVisit.ReadAsync(
            await admin.SubmitAsync("/office/people/new", "new-person", ("Login", login), ("Name", name), ("Role", "office"), ("Language", "de"), ("Email", ""))
        );
        return await office.ReleasedLinkAsync(OfficeHost.PersonPage(page));
    }
}
