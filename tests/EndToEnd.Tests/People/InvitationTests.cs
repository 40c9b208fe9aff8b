using System.Net;
using AngleSharp.Html.Dom;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.People;

/// <summary>An invitation lets one person in, once, for seven days.</summary>
[Collection(OfficeCollection.Name)]
public sealed class InvitationTests(OfficeHost office)
{
    private const string Wish = "ein kurzer satz";

    [Fact]
    public async Task an_invitation_shows_who_is_meant_sets_a_password_and_signs_in()
    {
        var link = await InviteAsync("nina", "Nina Fresh");
        using var person = new HttpVisit(office);

        var page = await person.ReadAsync(link);
        page.QuerySelector("h1")!.TextContent.ShouldContain("Nina Fresh");
        page.Body!.TextContent.ShouldContain("Geschäftsstelle, Anmeldename nina");
        (await AnswerAsync(person, link, "kurz", "kurz")).ShouldContain("weniger als 12 Zeichen");
        (await AnswerAsync(person, link, Wish, "anders")).ShouldContain("Die beiden Passwörter sind verschieden.");
        (await person.SubmitAsync(link, "accept", ("Password", Wish), ("Again", Wish))).Headers.Location!.ToString().ShouldEndWith("/office");

        (await person.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var connection = await office.ConnectAsync();
        (
            await connection.QueryAsync<string>(
                "select a.user_name from platform.audit_entry a join identity.invitation i on i.id::text = a.row_id join identity.person p on p.id = i.person_id where p.user_name = 'nina' and a.operation = 'update' order by a.id"
            )
        ).ShouldBe(["Vera Zwei", "Nina Fresh"], "the history names who released it and who used it");
    }

    [Fact]
    public async Task a_used_invitation_says_what_to_do_and_changes_nothing()
    {
        var link = await InviteAsync("once", "Olaf Once");
        using var person = new HttpVisit(office);
        var late = await person.FillAsync(link, "accept", ("Password", "noch ein langer satz"), ("Again", "noch ein langer satz"));
        await person.SubmitAsync(link, "accept", ("Password", Wish), ("Again", Wish));

        using var other = new HttpVisit(office);
        var page = await other.ReadAsync(link);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Diese Einladung ist schon benutzt");
        page.QuerySelectorAll("input[type=password]").ShouldBeEmpty();
        page.QuerySelector("a[href='/sign-in'].btn")!.TextContent.ShouldBe("Zur Anmeldung");
        await other.PostAsync(link, late);
        await Should.ThrowAsync<InvalidOperationException>(() => other.SignInAsync("once", "noch ein langer satz"));
        await other.SignInAsync("once", Wish);
    }

    [Fact]
    public async Task two_browsers_with_the_same_code_at_the_same_moment_set_one_password()
    {
        var link = await InviteAsync("race", "Rita Race");
        HttpVisit[] visits = [.. Enumerable.Range(0, 4).Select(_ => new HttpVisit(office))];
        var forms = await Task.WhenAll(
            visits.Select((v, i) => v.FillAsync(link, "accept", ("Password", $"das ist satz nummer {i}"), ("Again", $"das ist satz nummer {i}")))
        );

        var answers = await Task.WhenAll(visits.Select((v, i) => v.PostAsync(link, forms[i])));

        answers.Count(a => a.StatusCode == HttpStatusCode.Found).ShouldBe(1);
        foreach (var visit in visits)
            visit.Dispose();
    }

    [Fact]
    public async Task a_late_invitation_says_until_when_it_was_valid()
    {
        var link = await InviteAsync("late", "Lars Late");
        DateTime until;
        await using (var connection = await office.ConnectAsync())
            until = await connection.ExecuteScalarAsync<DateTime>(
                "update identity.invitation i set issued_at = issued_at - interval '8 days', valid_until = valid_until - interval '8 days' from identity.person p where p.id = i.person_id and p.user_name = 'late' returning (i.valid_until at time zone 'Europe/Berlin')::timestamp"
            );
        using var person = new HttpVisit(office);

        var page = await person.ReadAsync(link);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Diese Einladung ist abgelaufen");
        page.Body!.TextContent.ShouldContain($"Sie galt bis {until:dd.MM.yyyy}");
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        (await admin.ReadAsync("/office/people")).Body!.TextContent.ShouldContain("abgelaufen");
    }

    [Fact]
    public async Task a_new_invitation_replaces_the_old_one_and_one_taken_back_opens_nothing()
    {
        var first = await InviteAsync("again", "Agnes Again");
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        var page = await PageOfAsync("again");
        await admin.SubmitAsync(page, "invite");
        var second = await office.ReleasedLinkAsync(page);
        using var person = new HttpVisit(office);

        (await person.ReadAsync(first)).QuerySelector("h1")!.TextContent.ShouldBe("Diese Einladung gilt nicht mehr");
        (await person.ReadAsync(second)).QuerySelector("h1")!.TextContent.ShouldContain("Agnes Again");
        (await admin.SubmitAsync(page, "revoke")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await person.ReadAsync(second)).QuerySelector("h1")!.TextContent.ShouldBe("Diese Einladung gilt nicht mehr");
    }

    [Fact]
    public async Task a_link_for_a_forgotten_password_leaves_the_old_one_until_it_is_used()
    {
        await AcceptAsync(await InviteAsync("forgot", "Fritz Forgot"), Wish);
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        await admin.SubmitAsync(await PageOfAsync("forgot"), "invite");
        var link = await office.ReleasedLinkAsync(await PageOfAsync("forgot"));
        using var old = await new HttpVisit(office).SignInAsync("forgot", Wish);

        await AcceptAsync(link, "ein ganz neuer satz");

        (await old.GetAsync("/office")).StatusCode.ShouldBe(HttpStatusCode.Found, "sessions with the old password are over");
        await Should.ThrowAsync<InvalidOperationException>(() => old.SignInAsync("forgot", Wish));
        await old.SignInAsync("forgot", "ein ganz neuer satz");
    }

    [Theory]
    [InlineData("0000-0000-0000-0000-0000-0000")]
    [InlineData("' or 1=1 --")]
    [InlineData("x")]
    public async Task an_unknown_code_is_answered_alike(string code)
    {
        using var person = new HttpVisit(office);

        var page = await person.ReadAsync($"/invitation?code={Uri.EscapeDataString(code)}");

        page.QuerySelector("h1")!.TextContent.ShouldBe("Diesen Code gibt es nicht");
        page.QuerySelectorAll("form[method=post] input[type=password]").ShouldBeEmpty();
    }

    [Fact]
    public async Task the_code_is_typed_as_people_type()
    {
        var link = await InviteAsync("typed", "Tina Typed");
        var code = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        using var person = new HttpVisit(office);

        (await person.ReadAsync($"/invitation?code={Uri.EscapeDataString(code)}")).QuerySelector("h1")!.TextContent.ShouldContain("Tina Typed");
    }

    [Fact]
    public async Task only_the_digest_of_a_code_is_stored_and_the_letter_prints_the_code()
    {
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        var created = await CreateAsync(admin, "letter", "Lena Letter");
        created.QuerySelector("code.typed").ShouldBeNull("who issues an invitation to a role that approves sees no link");
        created.Body!.TextContent.ShouldContain("Eine zweite Person gibt die Einladung frei");
        using var second = await office.SecondAdministratorAsync();
        var note = await HttpVisit.ReadAsync(await second.SubmitAsync(OfficeHost.PersonPage(created), "release"));
        var form = (IHtmlFormElement)note.QuerySelector("form[action='/office/people/invitation.pdf']")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value)).ToList();

        var pdf = await second.PostAsync("/office/people/invitation.pdf", new FormUrlEncodedContent(fields));

        pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await pdf.Content.ReadAsByteArrayAsync())[..5].ShouldBe("%PDF-"u8.ToArray());
        var wrong = fields.Select(f => f.Key == "Code" ? KeyValuePair.Create(f.Key, "0000") : f);
        (await second.PostAsync("/office/people/invitation.pdf", new FormUrlEncodedContent(wrong))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var code = fields.Single(f => f.Key == "Code").Value;
        await using var connection = await office.ConnectAsync();
        (
            await connection.QuerySingleAsync<int>(
                "select count(*)::int from identity.invitation i where i::text ilike '%' || @code || '%' or i::text ilike '%' || replace(@code, '-', '') || '%'",
                new { code }
            )
        ).ShouldBe(0);
        (await connection.QuerySingleAsync<int>("select count(*)::int from platform.audit_entry where changes::text ilike '%code_hash%'")).ShouldBe(0);
    }

    [Fact]
    public async Task who_is_locked_cannot_come_back_by_an_invitation()
    {
        var link = await InviteAsync("gone", "Gisela Gone");
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        var page = await PageOfAsync("gone");
        await admin.SubmitAsync(page, "lock");
        using var person = new HttpVisit(office);

        (await person.ReadAsync(link)).QuerySelector("h1")!.TextContent.ShouldBe("Diese Einladung gilt nicht mehr");
        (await HttpVisit.ReadAsync(await admin.SubmitAsync(page, "invite")))
            .QuerySelector("[role=alert]")!
            .TextContent.ShouldContain("Der Zugang ist gesperrt.");
    }

    [Fact]
    public async Task a_mailed_invitation_waits_for_a_server_shows_nobody_its_link_and_goes_with_the_invitation()
    {
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        var note = await HttpVisit.ReadAsync(
            await admin.SubmitAsync(
                "/office/people/new",
                "new-person",
                ("Login", "mailed"),
                ("Name", "Mona Mailed"),
                ("Role", "office"),
                ("Language", "de"),
                ("Way", "Mail"),
                ("Email", "mona@verein.example")
            )
        );
        note.Body!.TextContent.ShouldContain("Die Einladung an mona@verein.example wartet");
        note.QuerySelector("code.typed").ShouldBeNull();
        note.QuerySelectorAll("input[name=Code]").ShouldBeEmpty();
        var page = await PageOfAsync("mailed");
        (await admin.ReadAsync(page)).QuerySelector("td a[href^='/office/mail/']")!.TextContent.ShouldBe("wartet");
        await using var connection = await office.ConnectAsync();
        (
            await connection.QuerySingleAsync<bool>("select content is not null from mail.outgoing_mail where recipient_address = 'mona@verein.example'")
        ).ShouldBeTrue();

        await admin.SubmitAsync(page, "revoke");

        (await admin.ReadAsync(page)).QuerySelector("td a[href^='/office/mail/']")!.TextContent.ShouldBe("zurückgezogen");
        (
            await connection.QuerySingleAsync<bool>("select content is null from mail.outgoing_mail where recipient_address = 'mona@verein.example'")
        ).ShouldBeTrue("the link is gone");
    }

    [Fact]
    public async Task a_mailed_invitation_speaks_the_language_of_whom_it_is_for()
    {
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        await admin.SubmitAsync(
            "/office/people/new",
            "new-person",
            ("Login", "claudine"),
            ("Name", "Claudine Courrier"),
            ("Role", "office"),
            ("Language", "fr"),
            ("Way", "Mail"),
            ("Email", "claudine@verein.example")
        );

        await using var connection = await office.ConnectAsync();
        (await connection.QuerySingleAsync<string>("select subject from mail.outgoing_mail where recipient_address = 'claudine@verein.example'")).ShouldBe(
            "Votre accès au secrétariat de Gesundheitsregion Bliesland e. V."
        );
        await admin.SubmitAsync(await PageOfAsync("claudine"), "revoke"); // the walks know no mail that waits
    }

    private static async Task<string> AnswerAsync(HttpVisit person, string link, string password, string again) =>
        (await HttpVisit.ReadAsync(await person.SubmitAsync(link, "accept", ("Password", password), ("Again", again))))
            .QuerySelector("[role=alert]")!
            .TextContent;

    private async Task AcceptAsync(string link, string password)
    {
        using var person = new HttpVisit(office);
        (await person.SubmitAsync(link, "accept", ("Password", password), ("Again", password))).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    private async Task<string> InviteAsync(string login, string name)
    {
        using var admin = await new HttpVisit(office).SignInAsync("admin");
        return await office.ReleasedLinkAsync(OfficeHost.PersonPage(await CreateAsync(admin, login, name)));
    }

    private static async Task<IHtmlDocument> CreateAsync(HttpVisit admin, string login, string name) =>
        await HttpVisit.ReadAsync(
            await admin.SubmitAsync("/office/people/new", "new-person", ("Login", login), ("Name", name), ("Role", "office"), ("Language", "de"), ("Email", ""))
        );

    private async Task<string> PageOfAsync(string login)
    {
        await using var connection = await office.ConnectAsync();
        return $"/office/people/{await connection.QuerySingleAsync<Guid>("select id from identity.person where user_name = @login", new { login })}";
    }
}
