using System.Net;
using Association.Host.Web.Security;
using Association.Testing;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

/// <summary>Under which names the office answers, and that nothing of an answer is kept on the way.</summary>
[Collection(OfficeCollection.Name)]
public sealed class AnswerTests(OfficeHost office)
{
    // The logo and the colour are the same for everybody, and their addresses change with them; health says nothing about anybody; the calendar is the
    // public's.
    private static readonly string[] Kept = ["/logo", "/color", "/health", "/language", "/veranstaltungen.ics"];

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("elsewhere.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.elsewhere.example", HttpStatusCode.BadRequest)]
    public async Task a_request_under_a_name_that_is_not_the_offices_is_refused(string name, HttpStatusCode expected)
    {
        using var visit = new HttpVisit(office.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = $"{name}:{office.Address.Port}" } };

        (await visit.SendAsync(request)).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "", "", "localhost 127.0.0.1 [::1]")]
    [InlineData("verein.example;www.verein.example", "http://*:5080", "", "verein.example www.verein.example localhost 127.0.0.1 [::1]")]
    [InlineData("*", "http://0.0.0.0:5080", "", "localhost 127.0.0.1 [::1]")]
    [InlineData("", "http://10.0.0.11:5080;http://+:80", "office.example", "localhost 127.0.0.1 [::1] office.example 10.0.0.11")]
    public void the_names_come_from_the_settings(string allowed, string urls, string domain, string names) =>
        string.Join(
                ' ',
                KnownHosts.Of(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection(
                            new Dictionary<string, string?>
                            {
                                ["AllowedHosts"] = allowed,
                                ["urls"] = urls,
                                ["SignIn:Domain"] = domain,
                            }
                        )
                        .Build()
                )
            )
            .ShouldBe(names);

    [Fact]
    public async Task no_page_download_or_export_is_kept_by_anybody_on_the_way()
    {
        using var everybody = new HttpVisit(office.Address);
        using var person = await new HttpVisit(office.Address).SignInAsync("office");
        using var admin = await new HttpVisit(office.Address).SignInAsync("admin");
        var routes = office
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .ToList();
        routes.Count(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is null).ShouldBeGreaterThan(15, "the downloads are among them");
        var kept = new List<string>();
        foreach (var route in AccessTable.Addresses.Keys.Where(r => !Kept.Any(k => r.Contains(k, StringComparison.Ordinal))))
        foreach (var visit in new[] { everybody, person, admin })
        {
            using var answer = await visit.GetAsync(RouteValues.Filled(route));
            if (answer.Headers.CacheControl is not { NoStore: true })
                kept.Add($"{route}: {(int)answer.StatusCode} {answer.Headers.CacheControl}");
        }
        kept.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_form_that_its_page_no_longer_has_is_answered_with_a_page_that_says_so_and_gives_back_what_was_typed()
    {
        using var visit = await new HttpVisit(office.Address).SignInAsync("office");
        var hidden = await visit.HiddenAsync("/office/members/new", "admit");
        using var outdated = new FormUrlEncodedContent([
            .. hidden.Where(f => f.Key is not ("_handler" or "__lines")),
            KeyValuePair.Create("_handler", "withdraw"),
            KeyValuePair.Create("__lines", "Reason"),
            KeyValuePair.Create("Reason", "Ein langer Grund,\nden niemand noch einmal tippt."),
            KeyValuePair.Create("Name", "einzeilig"),
        ]);

        using var answer = await visit.PostAsync("/office/members/new", outdated);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await HttpVisit.ReadAsync(answer);
        page.QuerySelector("h1")!.TextContent.ShouldContain("weitergegangen");
        page.QuerySelector("main")!.TextContent.ShouldContain("den niemand noch einmal tippt.");
        page.QuerySelectorAll("main a[href='/office/members/new']").ShouldNotBeEmpty("the way to the page as it is now");
    }

    [Fact]
    public async Task a_form_with_the_token_of_somebody_else_is_answered_with_a_page()
    {
        using var other = await new HttpVisit(office.Address).SignInAsync("board");
        using var visit = await new HttpVisit(office.Address).SignInAsync("office");
        using var foreign = new FormUrlEncodedContent(await other.HiddenAsync("/office/account", "password"));

        using var answer = await visit.PostAsync("/office/account", foreign);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await HttpVisit.ReadAsync(answer)).QuerySelector("h1")!.TextContent.ShouldNotBeEmpty();
    }
}
