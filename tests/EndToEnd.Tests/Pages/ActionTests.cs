using System.Text;
using AngleSharp.Dom;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>A page offers what its record's state allows; what it cannot do it says, where one would look for the button.</summary>
[Collection(FilledOfficeCollection.Name)]
public sealed class ActionTests(FilledOffice filled)
{
    [Fact]
    public async Task a_payment_is_offered_for_an_open_invoice_and_for_a_paid_one_and_never_for_a_cancelled_one_or_a_cancellation()
    {
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        foreach (var number in (string[])[filled.Invoices.Open, filled.Invoices.Paid])
            Offered(await anna.ReadAsync($"/office/invoices/{number}"), $"/office/invoices/{number}/payment").ShouldBeTrue(number);
        var cancelled = filled.Invoices.Cancelled;
        var page = await anna.ReadAsync($"/office/invoices/{cancelled}");
        foreach (var action in (string[])["payment", "cancel", "relief", "recipient", "mail"])
            Offered(page, $"/office/invoices/{cancelled}/{action}").ShouldBeFalse(action);
        var cancellation = await CancellationAsync(cancelled);
        page = await anna.ReadAsync($"/office/invoices/{cancellation}");
        foreach (var action in (string[])["payment", "cancel", "relief", "recipient"])
            Offered(page, $"/office/invoices/{cancellation}/{action}").ShouldBeFalse(action);
        // Who has the address of the form is told, and can send nothing.
        page = await anna.ReadAsync($"/office/invoices/{cancelled}/payment");
        page.QuerySelectorAll("main button").ShouldBeEmpty();
        page.QuerySelector("main .callout")!.TextContent.ShouldContain(cancellation);
    }

    [Fact]
    public async Task an_import_whose_members_are_charged_is_not_offered_to_be_taken_back()
    {
        await using var connection = await filled.Office.ConnectAsync();
        var (charged, free) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        const string import = """
            insert into membership.import (id, file_id, file_name, sheet, as_of, accepted_for_year, rows, created, changed, unchanged, duplicates, refused,
              ignored, imported_at, imported_by_name)
            select @id, (select id from platform.archive_file limit 1), @name, '', date '2026-11-20', 2027, 1, 1, 0, 0, 0, 0, 0, now(), 'Anna Dörr'
            """;
        await connection.ExecuteAsync(import, new { id = charged, name = "berechnet.csv" });
        await connection.ExecuteAsync(import, new { id = free, name = "frei.csv" });
        await connection.ExecuteAsync(
            """
            insert into membership.import_member (import_id, member_id, row, changes, before, after)
            select @charged, m.id, 1, '[]', null, membership.member_state(m.id) from membership.member m join membership.charge c on c.member_id = m.id limit 1;
            insert into membership.import_member (import_id, member_id, row, changes, before, after)
            select @free, m.id, 1, '[]', null, membership.member_state(m.id) from membership.member m
             where not exists (select from membership.charge c where c.member_id = m.id) limit 1;
            """,
            new { charged, free }
        );
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        var list = await anna.ReadAsync("/office/members/import");
        Offered(list, $"/office/members/import/undo/{charged}").ShouldBeFalse();
        Offered(list, $"/office/members/import/undo/{free}").ShouldBeTrue();
        RowOf(list, "berechnet.csv").TextContent.ShouldContain("bleibt: Mitglieder sind berechnet");

        var page = await anna.ReadAsync($"/office/members/import/undo/{charged}");
        page.QuerySelectorAll("main button").ShouldBeEmpty();
        page.QuerySelector("main .callout")!.TextContent.ShouldContain("diese Mitglieder sind schon berechnet");
        (await anna.ReadAsync($"/office/members/import/undo/{free}")).QuerySelectorAll("main button").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task nobody_is_offered_to_lock_the_own_access_or_to_change_the_own_role()
    {
        using var admin = await new HttpVisit(filled.Office.Address).SignInAsync("admin");
        var (own, other) = (DemoPeople.All.Single(p => p.Login == "admin"), DemoPeople.All.Single(p => p.Login == "office"));
        var page = await admin.ReadAsync($"/office/people/{own.Id.Value}");
        Form(page, "lock").ShouldBeNull();
        page.QuerySelectorAll("input[type=radio][name=Role]").ShouldBeEmpty();
        page = await admin.ReadAsync($"/office/people/{other.Id.Value}");
        Form(page, "lock").ShouldNotBeNull();
        page.QuerySelectorAll("input[type=radio][name=Role]").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_list_of_balances_against_which_money_moved_is_not_offered_to_be_taken_back()
    {
        using var anna = await new HttpVisit(filled.Office.Address).SignInAsync("office");
        await using var connection = await filled.Office.ConnectAsync();
        var account = await connection.QueryFirstAsync<(string Number, string Name)>("select member_number, name from billing.account order by member_number");
        await TakeOverAsync(
            anna,
            $"Mitgliedsnummer;Name;Offener Betrag;Guthaben;Beleg/Jahr;Fällig am\n{account.Number};{account.Name};10,00;;Beitrag 2024;15.02.2024\n"
        );
        var (id, item) = await connection.QuerySingleAsync<(Guid, string)>(
            "select i.id, e.number from billing.opening_import i join billing.item e on e.import_id = i.id"
        );
        Offered(await anna.ReadAsync("/office/opening-balances"), $"/office/opening-balances/undo/{id}").ShouldBeTrue();
        await anna.SubmitAsync($"/office/invoices/{item}/payment", "payment", ("Amount", "1,00"), ("ReceivedOn", "20.11.2026"));
        var list = await anna.ReadAsync("/office/opening-balances");
        Offered(list, $"/office/opening-balances/undo/{id}").ShouldBeFalse();
        list.QuerySelector("#past")!.ParentElement!.ParentElement!.TextContent.ShouldContain("bleibt: mit 1 Posten ist schon verrechnet oder gezahlt");
        (await anna.ReadAsync($"/office/opening-balances/undo/{id}")).QuerySelectorAll("main button").ShouldBeEmpty();
    }

    private static async Task TakeOverAsync(HttpVisit anna, string csv)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await anna.HiddenAsync("/office/opening-balances", "upload"))
            form.Add(new StringContent(value), name);
        form.Add(new StringContent("10,00"), "ControlSum");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "File", "salden.csv");
        var preview = (await anna.PostAsync("/office/opening-balances", form)).Headers.Location!.OriginalString;
        await anna.SubmitAsync(preview, "apply");
    }

    private async Task<string> CancellationAsync(string number)
    {
        await using var connection = await filled.Office.ConnectAsync();
        return await connection.QuerySingleAsync<string>(
            "select c.number from billing.invoice c join billing.invoice i on i.id = c.cancels_id where i.number = @number",
            new { number }
        );
    }

    private static bool Offered(IParentNode page, string href) => page.QuerySelector($"main a[href='{href}'], header a[href='{href}']") is not null;

    private static IElement? Form(IParentNode page, string name) => page.QuerySelector($"main input[name=_handler][value='{name}']");

    private static IElement RowOf(IParentNode page, string text) =>
        page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains(text, StringComparison.Ordinal));
}
