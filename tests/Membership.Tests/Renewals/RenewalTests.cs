using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Letters;
using Association.Membership.Renewals;
using Association.Membership.Tests.Dues;
using Association.Membership.Tests.Members;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Renewals;

/// <summary>What ends is asked about in time, and once.</summary>
public sealed class RenewalTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly SerialText Text = new("Frage", "{Anrede}\n\nwie geht es weiter?", "de");
    private readonly TrialServer _server = new();
    private DuesOffice _dues = null!;

    // Not below: what an asynchronous method sets ends with it.
    public RenewalTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");

    private TestOffice Office => _dues.Office;

    public async Task InitializeAsync()
    {
        _dues = await DuesOffice.OpenAsync();
        await Office.WriteByMailAsync(_server.Port);
        Office.Clock.SetToday(new DateOnly(2026, 11, 23));
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _dues.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("2026-12-23", true)] // 30 days
    [InlineData("2026-12-24", false)]
    [InlineData("2026-11-23", true)] // its last day
    [InlineData("2026-11-22", false)]
    public async Task a_membership_that_ends_is_asked_about_a_month_before_and_not_when_it_is_over(string left, bool isDue)
    {
        await _dues.MemberAsync("insurer", name: "Geht", left: left);
        (await ListAsync()).Count.ShouldBe(isDue ? 1 : 0);
    }

    [Fact]
    public async Task nobody_is_asked_about_a_member_who_died()
    {
        var member = await _dues.MemberAsync("person", name: "Verstorben", left: "2026-12-01");
        await _dues.ExecuteAsync("update membership.member set left_reason = 'death' where id = @id", new { id = member.Value });
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_reduction_is_asked_about_unless_it_goes_on_or_the_member_leaves_with_it()
    {
        var ends = await _dues.MemberAsync("insurer", name: "Endet");
        await _dues.ReductionAsync(ends, 50m, 2025, 2026);
        var goesOn = await _dues.MemberAsync("insurer", name: "Verlängert");
        await _dues.ReductionAsync(goesOn, 50m, 2025, 2026);
        await _dues.ReductionAsync(goesOn, 40m, 2027, 2028);
        await _dues.ReductionAsync(await _dues.MemberAsync("insurer", name: "Geht", left: "2026-12-31"), 50m, 2025, 2026);
        await _dues.ReductionAsync(await _dues.MemberAsync("insurer", name: "Ohne Ende"), 50m, 2025);

        var due = (await ListAsync()).ShouldHaveSingleItem();
        (due.Name, due.Key.Kind, due.Key.Deadline).ShouldBe(("Endet", RenewalKind.Reduction, new DateOnly(2026, 12, 31)));
        var letter = RenewalWords.Letter(due, []);
        letter.Subject.ShouldBe("Ihre Ermäßigung endet am 31.12.2026");
        letter.Body.ShouldStartWith("{Anrede}\n\nIhre Ermäßigung von 50");
    }

    [Fact]
    public async Task a_mandate_is_asked_about_36_months_after_its_last_use_and_a_run_is_a_use()
    {
        await MandateAsync("Läuft ab", "2024-01-15"); // 15.01.2027
        await MandateAsync("Abgelaufen", "2023-10-01");
        await MandateAsync("Lange her", "2020-01-01");
        await MandateAsync("Hat Zeit", "2024-03-01");
        await MandateAsync("Überweist", "2024-01-15", "transfer");
        (await ListAsync())
            .Select(r => (r.Name, r.Key.Deadline))
            .ShouldBe([("Abgelaufen", new DateOnly(2026, 10, 1)), ("Läuft ab", new DateOnly(2027, 1, 15))]);
    }

    [Fact]
    public async Task a_category_that_changes_and_a_function_that_nobody_holds_afterwards_are_asked_about()
    {
        var member = await _dues.MemberAsync("insurer", name: "Wechselt");
        await _dues.ExecuteAsync(
            "update membership.member set next_category = 'company', next_category_on = '2027-01-01' where id = @id",
            new { id = member.Value }
        );
        await FunctionAsync(member, "voting", "2026-12-31", "Dr. Anna Roth");
        await FunctionAsync(member, "billing", "2026-12-31", "Geht");
        await FunctionAsync(member, "billing", null, "Kommt", "2027-01-01");

        (await ListAsync())
            .Select(r => (r.Key.Kind, r.Detail))
            .ShouldBe([(RenewalKind.Function, "voting\n\nDr. Anna Roth"), (RenewalKind.Category, "company")]);
        (await RowsAsync()).ShouldHaveSingleItem().Text.ShouldBe("Wechselt wechselt die Kategorie", "functions have their row already");
    }

    [Fact]
    public async Task whoever_asks_how_often_a_member_gets_one_letter_a_deadline()
    {
        await _dues.ReductionAsync(await MemberWithMailAsync("Gefragt"), 50m, 2025, 2026);
        var key = (await ListAsync()).Single().Key;
        (await RowsAsync()).ShouldHaveSingleItem().Href.ShouldBe($"/office/members/deadlines?kind=Reduction#r-{key.Subject}");

        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => AskAsync(n % 2 == 0 ? "office" : "office2", key)));

        asked.Count(a => a is null).ShouldBe(1);
        asked.OfType<string>().ShouldAllBe(p => p.EndsWith("hat das Mitglied dazu schon angeschrieben.", StringComparison.Ordinal));
        _server.Mails.ShouldHaveSingleItem().To.ShouldBe(["gefragt@mitglied.example"]);
        (await RowsAsync()).ShouldBeEmpty();
        var now = (await ListAsync()).Single();
        (now.AskedAt is not null, now.Letter is not null, now.IsOpen).ShouldBe((true, true, false));
    }

    [Fact]
    public async Task what_was_settled_by_hand_is_off_heute_and_can_be_taken_back_and_is_not_asked_about()
    {
        await _dues.ReductionAsync(await MemberWithMailAsync("Erledigt"), 50m, 2025, 2026);
        var key = (await ListAsync()).Single().Key;
        (await Office.ShouldRefuseAsync(new SettleRenewal(key, " "), "Note")).ShouldStartWith("Schreiben Sie in ein paar Worten");
        await Office.InvokeAsync(new SettleRenewal(key, "am Telefon: endet wie geplant"));
        (await RowsAsync()).ShouldBeEmpty();
        (await Office.ShouldRefuseAsync(new AskMember(key, null, LetterWay.Mail, Text), "")).ShouldBe("Anna Dörr hat das schon erledigt.");
        (await Office.ShouldRefuseAsync(new SettleRenewal(key, "noch einmal"), "")).ShouldBe("Anna Dörr hat das schon erledigt.");

        await Office.InvokeAsync(new ReopenRenewal(key));
        (await RowsAsync()).Count.ShouldBe(1);
        (await Office.ShouldRefuseAsync(new SettleRenewal(key with { Deadline = new DateOnly(2027, 12, 31) }, "gibt es nicht"), "")).ShouldStartWith(
            "Diese Frist gibt es nicht mehr"
        );
    }

    [Fact]
    public async Task many_of_a_kind_are_one_row()
    {
        for (var n = 1; n <= 4; n++)
            await _dues.ReductionAsync(await _dues.MemberAsync("insurer", name: $"Nummer {n}"), 50m, 2025, 2026);
        var row = (await RowsAsync()).ShouldHaveSingleItem();
        (row.Text, row.Href, row.Due).ShouldBe(("4 Ermäßigungen enden", "/office/members/deadlines?kind=Reduction", new DateOnly(2026, 12, 31)));
    }

    private async Task<string?> AskAsync(string who, RenewalKey key)
    {
        try
        {
            var asking = Office.As(who);
            await asking.Bus.InvokeAsync<Guid>(new AskMember(key, null, LetterWay.Mail, Text));
            await asking.DrainAsync();
            return null;
        }
        catch (ProblemsException e)
        {
            return e.Problems.Single().Text;
        }
    }

    private Task<IReadOnlyList<Renewal>> ListAsync() => Office.As("office").Bus.QueryAsync(new ListRenewals());

    private async Task<IReadOnlyList<TodayRow>> RowsAsync()
    {
        var office = Office.As("office");
        return await office.Services.GetServices<ITodayTask>().OfType<RenewalTasks>().Single().FindAsync(office.Actor, CancellationToken.None);
    }

    private async Task<MemberId> MemberWithMailAsync(string name)
    {
        var member = await _dues.MemberAsync("insurer", name: name);
        await _dues.ExecuteAsync(
            "update membership.member set email = @email where id = @id",
            new { id = member.Value, email = name.ToLowerInvariant() + "@mitglied.example" }
        );
        return member;
    }

    private async Task MandateAsync(string name, string signed, string route = "direct_debit")
    {
        var member = await _dues.MemberAsync("insurer", name: name);
        await _dues.ExecuteAsync(
            """
            update membership.member set iban = 'DE02120300000000202051', mandate_reference = 'M-1', mandate_signed_on = @signed::date, payment_route = @route
             where id = @id
            """,
            new
            {
                id = member.Value,
                signed,
                route,
            }
        );
    }

    private async Task FunctionAsync(MemberId member, string kind, string? to, string name, string? from = null) =>
        await _dues.ExecuteAsync(
            """
            with c as (insert into membership.contact (id, member_id, name) values (gen_random_uuid(), @member, @name) returning id)
            insert into membership.contact_function (id, contact_id, member_id, kind, valid_from, valid_to)
              select gen_random_uuid(), id, @member, @kind, @from::date, @to::date from c
            """,
            new
            {
                member = member.Value,
                kind,
                to,
                name,
                from,
            }
        );
}
