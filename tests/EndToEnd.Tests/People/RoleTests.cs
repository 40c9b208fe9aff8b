using System.Net;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using Association.Office.People.Permissions;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.People;

/// <summary>What office and board may is changed by the administrator, within limits, and holds at once.</summary>
public sealed class RoleTests(RoleOffice roles) : IClassFixture<RoleOffice>
{
    private const string Page = "/office/people/roles";
    private readonly OfficeHost _office = roles.Office;

    [Fact]
    public async Task a_permission_taken_away_is_gone_with_the_next_click_and_comes_back()
    {
        using var admin = await new HttpVisit(_office.Address).SignInAsync("admin");
        using var person = await new HttpVisit(_office.Address).SignInAsync("office");
        (await person.GetAsync("/office/members/new")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await ChangeAsync(admin, held => held.Remove("office:membership.members.edit"), add: "board:membership.members.edit");
        (await person.GetAsync("/office/members/new")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await using var connection = await _office.ConnectAsync();
        (
            await connection.QueryAsync<string>(
                "select user_name from platform.audit_entry where table_name = 'identity.role_permission' and row_id = 'office:membership.members.edit'"
            )
        ).ShouldBe(["Rüdiger Lambert"]);

        await ChangeAsync(admin, held => held.Remove("board:membership.members.edit"), add: "office:membership.members.edit");
        (await person.GetAsync("/office/members/new")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await connection.QuerySingleAsync<int>("select count(*)::int from identity.role_permission")).ShouldBe(0, "as the modules say needs no row");
    }

    [Fact]
    public async Task somebody_must_hold_each_and_what_was_ticked_stays()
    {
        using var admin = await new HttpVisit(_office.Address).SignInAsync("admin");

        var page = await HttpVisit.ReadAsync(await PostAsync(admin, held => held.Remove("office:membership.members.edit")));

        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Jemand muss das dürfen: „Mitglieder aufnehmen und ändern“.");
        page.QuerySelector("input[value='office:membership.members.edit']")!.HasAttribute("checked").ShouldBeFalse();
        page.QuerySelector("input[value='board:membership.dues.approve']")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task no_forged_form_gives_money_to_the_administrator_or_people_to_the_office()
    {
        using var admin = await new HttpVisit(_office.Address).SignInAsync("admin");
        await ChangeAsync(admin, held => held.AddRange(["administrator:membership.dues.approve", "office:identity.people.edit"]));

        var rights = _office.Services.GetRequiredService<RolePermissions>();
        (await rights.HeldByAsync(Roles.Administrator, CancellationToken.None)).ShouldNotContain("membership.dues.approve");
        (await rights.HeldByAsync(Roles.Office, CancellationToken.None)).ShouldNotContain("identity.people.edit");
        await using var connection = await _office.ConnectAsync();
        await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            connection.ExecuteAsync("insert into identity.role_permission values ('administrator:x', 'administrator', 'x', true, now())")
        );
    }

    [Fact]
    public async Task a_deputy_may_approve_in_the_named_days_and_signs_so()
    {
        using var admin = await new HttpVisit(_office.Address).SignInAsync("admin");
        using var board = await new HttpVisit(_office.Address).SignInAsync("board");
        using var deputy = await new HttpVisit(_office.Address).SignInAsync("office2");
        var boardId = Person("board");
        (string, string)[] Days(string from, string until) => [("BoardId", boardId), ("DeputyId", Person("office2")), ("From", from), ("Until", until)];

        (await Answer(board, Days("30.11.2026", "23.11.2026"))).ShouldContain("endet vor ihrem ersten Tag");
        (await Answer(board, Days("01.11.2026", "02.11.2026"))).ShouldContain("Diese Tage sind vorbei.");
        (await Answer(board, [("BoardId", boardId), ("DeputyId", Person("admin")), ("From", "23.11.2026"), ("Until", "24.11.2026")])).ShouldContain(
            "Die Systemverwaltung gibt nie frei."
        );
        (await deputy.ReadAsync("/office/account")).Body!.TextContent.ShouldNotContain("gibt heute frei für");
        (await board.SubmitAsync("/office/people/deputies", "deputy", Days("23.11.2026", "30.11.2026"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await Answer(admin, Days("30.11.2026", "05.12.2026"))).ShouldContain("In dieser Zeit gibt es schon eine Vertretung.");

        (await deputy.ReadAsync("/office/account")).Body!.TextContent.ShouldContain("gibt heute frei für Dr. Nora Groß");
        await using (var connection = await _office.ConnectAsync())
            await connection.ExecuteAsync("update identity.deputy set from_day = from_day - 30, until_day = until_day - 30");
        (await deputy.ReadAsync("/office/account")).Body!.TextContent.ShouldNotContain("gibt heute frei für", Case.Sensitive, "it ended by itself");
    }

    [Fact]
    public async Task the_last_administrator_stays_and_sessions_of_a_changed_role_end()
    {
        using var admin = await new HttpVisit(_office.Address).SignInAsync("admin");
        var page = await HttpVisit.ReadAsync(
            await admin.SubmitAsync($"/office/people/{Person("admin")}", "person", ("Name", "Rüdiger Lambert"), ("Role", "office"))
        );

        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Das ist die letzte Person der Systemverwaltung");
    }

    [Fact]
    public void every_permission_is_said_in_a_sentence_in_each_language()
    {
        foreach (var language in new[] { "", ".fr", ".en" })
        {
            var texts = XDocument
                .Load(Path.Combine(Repository.Root, "src", "Modules", "Office", "People", "Permissions", $"RoleTexts{language}.resx"))
                .Root!.Elements("data")
                .Select(d => d.Attribute("name")!.Value)
                .ToHashSet(StringComparer.Ordinal);
            var names = _office.Services.GetRequiredService<PermissionCatalog>().All.Select(p => p.Name).ToList();
            names.Where(n => !texts.Contains($"May.{n}")).ShouldBeEmpty();
            names.Select(n => $"Area.{n.Split('.')[0]}").Distinct().Where(a => !texts.Contains(a)).ShouldBeEmpty();
        }
    }

    private static string Person(string login) => DemoPeople.All.Single(p => p.Login == login).Id.Value.ToString();

    private static async Task<string> Answer(HttpVisit visit, (string, string)[] fields) =>
        (await HttpVisit.ReadAsync(await visit.SubmitAsync("/office/people/deputies", "deputy", fields))).QuerySelector("[role=alert]")!.TextContent;

    private static async Task ChangeAsync(HttpVisit admin, Action<List<string>> change, string? add = null) =>
        (
            await PostAsync(
                admin,
                held =>
                {
                    change(held);
                    if (add is not null)
                        held.Add(add);
                }
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Found);

    private static async Task<HttpResponseMessage> PostAsync(HttpVisit admin, Action<List<string>> change)
    {
        var page = await admin.ReadAsync(Page);
        var held = page.QuerySelectorAll("input[name=Held]").OfType<IHtmlInputElement>().Where(i => i.IsDefaultChecked).Select(i => i.Value).ToList();
        change(held);
        return await admin.SubmitAsync(Page, "roles", [.. held.Select(h => ("Held", h))]);
    }
}

/// <summary>An office whose rights are changed: nobody else's tests look at it.</summary>
public sealed class RoleOffice : IAsyncLifetime
{
    public OfficeHost Office { get; } = new();

    public Task InitializeAsync() => Office.InitializeAsync();

    public Task DisposeAsync() => Office.DisposeAsync();
}
