using System.Net;
using Association.Office.Contracts;
using Association.Office.People;
using Association.Office.People.Permissions;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.People;

/// <summary>A role may need more than a password: then nothing opens before app or passkey were set up, or shown.</summary>
public sealed class SecondFactorTests(RoleOffice roles, Chromium chromium) : IClassFixture<RoleOffice>, IClassFixture<Chromium>
{
    private const string Gate = "/sign-in/second-factor";
    private readonly OfficeHost _office = roles.Office;

    [Fact]
    public async Task whoever_needs_a_second_factor_reaches_nothing_before_setting_it_up()
    {
        using var person = await new HttpVisit(_office.Address).SignInAsync("office2");
        using var admin = await new HttpVisit(_office.Address).SignInAsync("admin");
        await RequireAsync(admin, Roles.Office);
        (await admin.ReadAsync("/office/people/roles")).Body!.TextContent.ShouldContain("Zugänge: 2, noch ohne: 2");

        foreach (
            var path in new[]
            {
                "/office",
                "/office/account",
                "/office/account/second-factor",
                "/office/members/5005",
                "/office/settings/letterhead/preview.pdf",
            }
        )
            (await person.GetAsync(path)).Headers.Location!.ToString().ShouldBe($"{Gate}?return={Uri.EscapeDataString(path)}");
        (await person.PostAsync("/office/account", new FormUrlEncodedContent([]))).Headers.Location!.ToString().ShouldBe($"{Gate}?return=%2Foffice");

        var setUp = await person.ReadAsync(Gate);
        setUp.QuerySelector("h1")!.TextContent.ShouldBe("Zweiten Faktor einrichten");
        var key = setUp.QuerySelector(".typed")!.TextContent;
        (await HttpVisit.ReadAsync(await person.SubmitAsync(Gate, "enrol", ("Code", "000000"), ("Password", Visit.Password))))
            .QuerySelector("[role=alert]:not([hidden])")!
            .TextContent.ShouldContain("Der Code stimmt nicht.");
        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "a wrong code opens nothing");
        var done = await HttpVisit.ReadAsync(
            await person.SubmitAsync($"{Gate}?return=%2Foffice%2Fmembers", "enrol", ("Code", AuthenticatorApp.CodeOf(key)), ("Password", Visit.Password))
        );
        done.QuerySelectorAll("li.typed").Length.ShouldBe(10);
        done.QuerySelector("a.btn-primary")!.GetAttribute("href").ShouldBe("/office/members");
        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await HttpVisit.ReadAsync(await person.SubmitAsync("/office/account/second-factor", "remove", ("Password", Visit.Password))))
            .QuerySelector("[role=alert]")!
            .TextContent.ShouldContain("Ihre Rolle verlangt einen zweiten Faktor.");

        using var later = new HttpVisit(_office.Address);
        await later.SubmitAsync("/sign-in", "sign-in", ("Login", "office2"), ("Password", Visit.Password));
        await later.SubmitAsync("/sign-in/code", "code", ("Code", AuthenticatorApp.CodeOf(key, ahead: 1)));
        (await later.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK, "the code was shown");
        (await later.GetAsync(Gate)).Headers.Location!.ToString().ShouldEndWith("/office", Case.Sensitive, "nothing is missing");
        (await admin.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK, "another role does as before");

        using var bare = await new HttpVisit(_office.Address).SignInAsync("office");
        (await bare.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found);
        await RequireAsync(admin);
        (await bare.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK, "a password is enough again");
    }

    [Fact]
    public async Task behind_the_page_the_bus_refuses_it_too()
    {
        var actors = _office.Services.GetRequiredService<ActorOfRequest>();
        async Task<IReadOnlySet<string>> MayAsync(MissingFactor missing) =>
            (
                await actors.ReadAsync(
                    new SignedIn(Guid.CreateVersion7(), DemoPeople.All[0].Id.Value, "Anna Dörr", Roles.Office, missing),
                    CancellationToken.None
                )
            ).Permissions;

        (await MayAsync(MissingFactor.ToSetUp)).ShouldBe([IdentityModule.OwnAccount]);
        (await MayAsync(MissingFactor.ToShow)).ShouldBeEmpty("whoever has one sets up no other before showing it");
        (await MayAsync(MissingFactor.Nothing)).Count.ShouldBeGreaterThan(10);
    }

    [SkippableFact]
    public async Task the_board_sets_a_passkey_up_and_shows_it_the_next_time()
    {
        await using var admin = await Visit.BeginAsync(chromium, _office);
        await admin.SignInAsync("admin");
        await admin.Page.GotoAsync("/office/people/roles");
        var rule = admin.Page.GetByRole(AriaRole.Form, new() { Name = "Zweiter Faktor nötig" });
        await rule.GetByLabel("Vorstand").CheckAsync();
        await rule.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(admin.Page.GetByText("Gespeichert. Es gilt mit dem nächsten Klick der Personen.")).ToBeVisibleAsync();
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("people-roles");

        await using var board = await Visit.BeginAsync(chromium, _office, host: "localhost");
        await Authenticator.PlugInAsync(board.Page);
        await EnterPasswordAsync(board.Page);
        await Expect(board.Page.Locator("h1")).ToHaveTextAsync("Zweiten Faktor einrichten");
        await board.ShouldBeAccessibleAsync();
        await board.ShootAsync("people-second-factor-set-up");
        await board.Page.SetViewportSizeAsync(320, 700);
        await board.ShouldFitAsync();
        await board.Page.SetViewportSizeAsync(1440, 900);
        await board.Page.GetByLabel("Name des Geräts").FillAsync("Notebook");
        await board.Page.Locator("[data-passkey=create]").GetByLabel("Jetziges Passwort").FillAsync(Visit.Password);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Passkey einrichten" }).ClickAsync();
        await Expect(board.Page.Locator("h1")).ToHaveTextAsync("Heute");

        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Abmelden" }).ClickAsync();
        await EnterPasswordAsync(board.Page);
        await Expect(board.Page.Locator("h1")).ToHaveTextAsync("Passkey zeigen");
        await board.ShouldBeAccessibleAsync();
        await board.ShootAsync("people-second-factor-show");
        await board.Page.GotoAsync("/office/account");
        await Expect(board.Page.Locator("h1")).ToHaveTextAsync("Passkey zeigen");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Passkey zeigen" }).ClickAsync();
        await Expect(board.Page.Locator("h1")).ToHaveTextAsync("Mein Zugang");
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Entfernen Notebook" }).ClickAsync();
        await board.Page.GetByRole(AriaRole.Form, new() { Name = "Entfernen: Notebook" }).GetByLabel("Jetziges Passwort").FillAsync(Visit.Password);
        await board.Page.GetByRole(AriaRole.Form, new() { Name = "Entfernen: Notebook" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(board.Page.GetByText("Ihre Rolle verlangt einen zweiten Faktor.").First).ToBeVisibleAsync();
        admin.Complaints.ShouldBeEmpty();
        board.Complaints.ShouldBeEmpty();
    }

    private static async Task EnterPasswordAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Anmeldename").FillAsync("board");
        await page.GetByLabel("Passwort").FillAsync(Visit.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Anmelden", Exact = true }).ClickAsync();
    }

    private static async Task RequireAsync(HttpVisit admin, params string[] roles) =>
        (await admin.SubmitAsync("/office/people/roles", "second-factor", [.. roles.Select(r => (r, "on"))])).StatusCode.ShouldBe(HttpStatusCode.Found);
}
