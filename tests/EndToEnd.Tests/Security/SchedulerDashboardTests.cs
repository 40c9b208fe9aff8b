using System.Net;
using Association.Host.Web.Security;
using Association.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

/// <summary>Hangfire's own pages, for the administrator. Who else is refused stands in the table of routes.</summary>
[Collection(OfficeCollection.Name)]
public sealed class SchedulerDashboardTests(OfficeHost office, Chromium chromium)
{
    private const string Path = "/office/operation/hangfire";

    [Theory]
    [InlineData("office"), InlineData("board")]
    public async Task no_page_of_it_and_no_link_to_it_is_for_anybody_else(string login)
    {
        using var visit = await new HttpVisit(office.Address).SignInAsync(login);
        foreach (var page in new[] { "", "/recurring", "/servers", "/jobs/failed", "/js1", "/stats" })
            (await visit.GetAsync(Path + page)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, page);
        (await visit.ReadAsync("/office/jobs")).QuerySelector($"a[href='{Path}']").ShouldBeNull();
    }

    [Fact]
    public async Task it_keeps_to_the_policy_of_all_pages_and_changes_nothing()
    {
        using var admin = await new HttpVisit(office.Address).SignInAsync("admin");
        (await admin.ReadAsync("/office/jobs")).QuerySelector($"a[href='{Path}']").ShouldNotBeNull();
        var answer = await admin.GetAsync(Path + "/recurring");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([SecurityHeaders.ContentSecurityPolicy]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);

        var page = await HttpVisit.ReadAsync(answer);
        foreach (var wish in new[] { "/recurring/trigger", "/recurring/remove", "/jobs/enqueued/delete", "/jobs/failed/requeue" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path + wish)
            {
                Content = new FormUrlEncodedContent([new("jobs[]", "operation.verify-books")]),
            };
            request.Headers.Add(
                page.QuerySelector("meta[name=csrf-header]")!.GetAttribute("content")!,
                page.QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")
            );
            (await admin.SendAsync(request)).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        }
    }

    [SkippableFact]
    public async Task it_looks_as_it_should_in_a_browser()
    {
        await using var admin = await Visit.BeginAsync(chromium, office);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/jobs");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Zeitsteuerung ansehen" }).ClickAsync();
        await Expect(admin.Page.Locator(".navbar")).ToBeVisibleAsync();
        await Expect(admin.Page.Locator("#historyGraph, #realtimeGraph").First).ToBeVisibleAsync();
        await admin.ShootAsync("hangfire");
    }
}
