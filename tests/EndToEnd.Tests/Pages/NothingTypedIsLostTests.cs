using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Association.Office.People.Sessions;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>What somebody typed stands there again, whatever came in between.</summary>
[Collection(OfficeCollection.Name)]
public sealed partial class NothingTypedIsLostTests(OfficeHost office)
{
    [Fact]
    public async Task a_form_that_was_posted_after_the_session_had_ended_stands_filled_when_the_same_person_signs_in_again()
    {
        var page = $"/office/members/{await NumberAsync(0)}/edit";
        using var visit = await new HttpVisit(office.Address).SignInAsync("office2");
        var typed = await FilledAsync(visit, page, ("Remark", "Getippt während der Mittagspause"), ("NoPost", "on"));
        await EndSessionsAsync("office2");

        var refused = await visit.PostAsync(page, typed);

        refused.StatusCode.ShouldBe(HttpStatusCode.Found);
        var entered = await visit.SubmitAsync(refused.Headers.Location!.OriginalString, "sign-in", ("Login", "office2"), ("Password", Visit.Password));
        entered.StatusCode.ShouldBe(HttpStatusCode.Found);
        var back = entered.Headers.Location!.OriginalString;
        var read = await visit.ReadAsync(back);
        Remark(read).ShouldBe("Getippt während der Mittagspause");
        read.QuerySelector<IHtmlInputElement>("input[name=NoPost]")!.IsChecked.ShouldBeTrue();
        read.QuerySelector("form [role=alert]")!.TextContent.ShouldContain("Ihre Anmeldung war abgelaufen");
        (await StoredRemarkAsync(0)).ShouldNotBe("Getippt während der Mittagspause", "it is not submitted by itself");

        (await visit.PostAsync(back, await FilledAsync(visit, back))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await StoredRemarkAsync(0)).ShouldBe("Getippt während der Mittagspause");
    }

    [Fact]
    public async Task nobody_else_gets_what_was_typed()
    {
        var page = $"/office/members/{await NumberAsync(1)}/edit";
        using var visit = await new HttpVisit(office.Address).SignInAsync("office2");
        var typed = await FilledAsync(visit, page, ("Remark", "Nur für mich"));
        await EndSessionsAsync("office2");
        var refused = await visit.PostAsync(page, typed);

        var entered = await visit.SubmitAsync(refused.Headers.Location!.OriginalString, "sign-in", ("Login", "office"), ("Password", Visit.Password));

        Remark(await visit.ReadAsync(entered.Headers.Location!.OriginalString)).ShouldNotBe("Nur für mich");
    }

    [Fact]
    public async Task whoever_was_never_signed_in_leaves_nothing_behind()
    {
        var page = $"/office/members/{await NumberAsync(1)}/edit";
        using var nobody = new HttpVisit(office.Address);
        await using var connection = await office.ConnectAsync();
        var before = await connection.ExecuteScalarAsync<int>("select count(*) from identity.kept_form");

        var refused = await nobody.PostAsync(page, new FormUrlEncodedContent([new("_handler", "edit"), new("Remark", "x")]));

        refused.Headers.Location!.OriginalString.ShouldNotContain("kept");
        (await connection.ExecuteScalarAsync<int>("select count(*) from identity.kept_form")).ShouldBe(before);
    }

    [Fact]
    public void no_field_that_takes_a_password_or_a_code_is_kept()
    {
        var fields = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => SecretField().Matches(File.ReadAllText(file)))
            .Select(field => FieldName().Match(field.Value).Groups[1].Value)
            .Distinct()
            .ToList();

        fields.Count.ShouldBeGreaterThan(4);
        fields.Where(name => !KeptForms.IsSecret(name)).ShouldBeEmpty("KeptForms.IsSecret names every one of them");
    }

    [Fact]
    public async Task passwords_are_not_kept()
    {
        using var visit = await new HttpVisit(office.Address).SignInAsync("office2");
        var typed = await visit.FillAsync(
            "/office/account",
            "password",
            ("Present", Visit.Password),
            ("New", "ein-neues-passwort"),
            ("Again", "ein-neues-passwort")
        );
        await EndSessionsAsync("office2");

        await visit.PostAsync("/office/account", typed);

        await using var connection = await office.ConnectAsync();
        foreach (var kept in await connection.QueryAsync<string>("select fields from identity.kept_form"))
        {
            kept.ShouldNotContain("ein-neues-passwort");
            kept.ShouldNotContain(Visit.Password);
        }
    }

    [Fact]
    public async Task who_was_slower_sees_who_was_faster_and_chooses_field_by_field()
    {
        var page = $"/office/members/{await NumberAsync(2)}/edit";
        using var first = await new HttpVisit(office.Address).SignInAsync("office");
        using var second = await new HttpVisit(office.Address).SignInAsync("office2");
        var slow = await FilledAsync(second, page, ("Remark", "von Jonas"), ("Addition", "Haus 2"));
        (await first.PostAsync(page, await FilledAsync(first, page, ("Remark", "von Anna")))).StatusCode.ShouldBe(HttpStatusCode.Found);

        var conflict = await HttpVisit.ReadAsync(await second.PostAsync(page, slow));

        conflict.QuerySelector("form [role=alert]")!.TextContent.ShouldContain("Anna Dörr hat den Datensatz am");
        Remark(conflict).ShouldBe("von Jonas", "what was typed stands in the field");
        var offered = conflict.QuerySelectorAll("label.stored");
        offered.Select(o => o.TextContent.Trim()).ShouldContain(text => text.Contains("von Anna", StringComparison.Ordinal));
        offered.Length.ShouldBe(2, "only where the two differ");

        var chosen = Fields(conflict, "edit").Append(new("stored.Remark", "von Anna"));
        (await second.PostAsync(page, new FormUrlEncodedContent(chosen))).StatusCode.ShouldBe(HttpStatusCode.Found);
        await using var connection = await office.ConnectAsync();
        (await connection.QuerySingleAsync<(string, string)>("select remark, addition from membership.member order by number offset 2 limit 1")).ShouldBe(
            ("von Anna", "Haus 2")
        );
    }

    [Fact]
    public async Task all_that_is_wrong_with_a_form_is_said_at_once()
    {
        var page = $"/office/members/{await NumberAsync(3)}/edit";
        using var visit = await new HttpVisit(office.Address).SignInAsync("office");

        var refused = await HttpVisit.ReadAsync(await visit.PostAsync(page, await FilledAsync(visit, page, ("JoinedOn", "32.13.2020"), ("Name", ""))));

        refused.QuerySelectorAll("input[aria-invalid=true]").Select(i => i.GetAttribute("name")).ShouldBe(["Name", "JoinedOn"], ignoreOrder: true);
    }

    private static string Remark(IDocument page) => page.QuerySelector("textarea[name=Remark]")!.TextContent;

    private static async Task<FormUrlEncodedContent> FilledAsync(HttpVisit visit, string path, params (string Name, string Value)[] typed) =>
        new(Fields(await visit.ReadAsync(path), "edit", typed));

    // As a browser would post it, with what was typed instead.
    private static IEnumerable<KeyValuePair<string, string>> Fields(IDocument page, string form, params (string Name, string Value)[] typed)
    {
        var fields = page.QuerySelectorAll<IHtmlInputElement>("input[name=_handler]").Single(i => i.Value == form).Form!;
        foreach (var element in fields.Elements.Where(e => !typed.Any(t => t.Name == e.GetAttribute("name"))))
            if (element is IHtmlInputElement { Type: "checkbox" or "radio" } box)
            {
                if (box.IsChecked)
                    yield return new(box.Name!, box.Value);
            }
            else if (element.GetAttribute("name") is { } name)
                yield return new(
                    name,
                    element switch
                    {
                        IHtmlInputElement input => input.Value,
                        IHtmlSelectElement select => select.Value ?? "",
                        IHtmlTextAreaElement area => area.Value,
                        _ => "",
                    }
                );
        foreach (var (name, value) in typed)
            yield return new(name, value);
    }

    private async Task<string> NumberAsync(int row)
    {
        await using var connection = await office.ConnectAsync();
        return (await connection.ExecuteScalarAsync<string>("select number from membership.member order by number offset @row limit 1", new { row }))!;
    }

    private async Task<string?> StoredRemarkAsync(int row)
    {
        await using var connection = await office.ConnectAsync();
        return await connection.ExecuteScalarAsync<string>("select remark from membership.member order by number offset @row limit 1", new { row });
    }

    private async Task EndSessionsAsync(string login)
    {
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync(
            "update identity.session set ended_at = now() where ended_at is null and person_id = (select id from identity.person where user_name = @login)",
            new { login }
        );
    }

    [GeneratedRegex("<[A-Za-z]+ [^>]*(Type=\"password\"|type=\"password\"|one-time-code)", RegexOptions.NonBacktracking)]
    private static partial Regex SecretField();

    [GeneratedRegex("[Nn]ame=\"([^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex FieldName();
}
