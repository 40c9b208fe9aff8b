using System.Net;
using System.Text.Json;
using Association.EndToEnd.Tests.CommandLine;
using Association.Platform.Web.Modules;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>Two hosts, started at the same moment on a new installation, behind a proxy that sends each request to either: a person notices nothing.</summary>
public sealed class RoamingTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private readonly SharedInstallation _office = hosts.Office;
    private readonly OfficeProcess _one = hosts.One;
    private readonly OfficeProcess _two = hosts.Two;

    [Fact]
    public async Task who_signed_in_at_one_host_works_and_signs_out_at_the_other()
    {
        using var atOne = await new HttpVisit(_one.Address).SignInAsync("office");
        using var atTwo = atOne.On(_two.Address);

        (await atTwo.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var signOut = (await atOne.ReadAsync("/office")).QuerySelector("form[action='/sign-out'] input[type=hidden]")!;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(signOut.GetAttribute("name")!, signOut.GetAttribute("value")!)]);
        (await atTwo.PostAsync("/sign-out", form)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await atOne.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "to the sign-in");
        using var back = await atTwo.SignInAsync("office");
        (await atOne.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_form_that_came_from_one_host_is_taken_by_the_other_and_what_was_done_is_said_by_the_first()
    {
        using var atOne = await new HttpVisit(_one.Address).SignInAsync("office");
        using var atTwo = atOne.On(_two.Address);

        var form = await atOne.FillAsync("/office/members/1/people/new", "contact", ("Name", "Vera Beispiel"), ("Kind", "Contact"));
        (await atTwo.PostAsync("/office/members/1/people/new", form)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await atOne.ReadAsync("/office/members/1/people")).QuerySelector(".toast")!.TextContent.ShouldContain("Vera Beispiel");
    }

    [Fact]
    public async Task a_form_posted_to_both_at_the_same_moment_has_one_effect()
    {
        using var atOne = await new HttpVisit(_one.Address).SignInAsync("office");
        using var atTwo = atOne.On(_two.Address);

        for (var round = 0; round < 10; round++)
        {
            var form = await (
                await atOne.FillAsync("/office/members/1/people/new", "contact", ("Name", $"Vera Beispiel {round}"), ("Kind", "Contact"))
            ).ReadAsStringAsync();
            var answers = await Task.WhenAll(
                ((HttpVisit[])[atOne, atTwo, atOne, atTwo]).Select(visit =>
                    visit.PostAsync("/office/members/1/people/new", new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"))
                )
            );
            answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Found, "to the person it is done, whoever did it");
        }
        (await _office.ReadAsync<long>("select count(*) from membership.contact where name like 'Vera Beispiel %'")).ShouldBe([10]);
    }

    [Fact]
    public async Task a_role_taken_away_and_a_lock_at_one_host_hold_at_the_other()
    {
        using var admin = await new HttpVisit(_one.Address).SignInAsync("admin");
        using var person = await new HttpVisit(_two.Address).SignInAsync("office2");
        var page = $"/office/people/{DemoPeople.All.Single(p => p.Login == "office2").Id.Value}";
        (await person.GetAsync("/office/members/new")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await admin.SubmitAsync(page, "person", ("Name", "Jonas Probe"), ("Role", Roles.Administrator))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await person.GetAsync("/office/members/new")).StatusCode.ShouldBe(HttpStatusCode.Found, "the session with the old role is over");
        await person.SignInAsync("office2");
        var refused = await person.GetAsync("/office/members/new");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, refused.Headers.Location?.OriginalString);

        (await admin.SubmitAsync(page, "lock")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found);
        await Should.ThrowAsync<InvalidOperationException>(() => person.SignInAsync("office2"));
    }

    [Fact]
    public async Task a_new_name_of_the_association_stands_on_every_host_at_once()
    {
        var file = Path.Combine(_office.Files, "verein.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { shortName = "Umbenannt" }));
        using var atOne = await new HttpVisit(_one.Address).SignInAsync("board");
        using var atTwo = atOne.On(_two.Address);
        foreach (var visit in (HttpVisit[])[atOne, atTwo])
            (await visit.ReadAsync("/office")).Body!.TextContent.ShouldNotContain("Umbenannt");

        await _office.Program.RunAsync("profile", "--set", file);

        foreach (var visit in (HttpVisit[])[atOne, atTwo])
            (await visit.ReadAsync("/office")).Body!.TextContent.ShouldContain("Umbenannt");
    }
}

/// <summary>Both hosts, and one member, for the tests of the class.</summary>
public sealed class TwoHosts : IAsyncLifetime
{
    internal SharedInstallation Office { get; private set; } = null!;

    internal OfficeProcess One { get; private set; } = null!;

    internal OfficeProcess Two { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Office = await SharedInstallation.CreateUnopenedAsync();
        var hosts = await Office.StartAsync(2);
        (One, Two) = (hosts[0], hosts[1]);
        await Office.ImportMembersAsync(1);
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();
}
