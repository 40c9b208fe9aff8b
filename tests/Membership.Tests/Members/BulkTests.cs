using Association.Membership.Members.Bulk;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.Record;
using Association.Membership.Members.Tags;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>An office of 5,000 members and some.</summary>
public sealed class LargeOffice : IAsyncLifetime
{
    internal const int Many = 5_000;

    private readonly MembershipOffice membership = new();

    internal TestOffice Office => membership.Office;

    public async Task InitializeAsync()
    {
        await membership.InitializeAsync();
        await using var connection = await Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category, joined_on, town, left_on)
            select gen_random_uuid(), 'V' || n, 'organisation', 'Viele ' || n, 'practice', '2010-01-01', 'Vielstadt', case
              when n <= 3 then date '2026-12-31' end
              from generate_series(1, @Many) n
            """,
            new { Many }
        );
    }

    public async Task DisposeAsync() => await membership.DisposeAsync();
}

public sealed class BulkTests(LargeOffice large) : IClassFixture<LargeOffice>
{
    private static readonly MemberFilter All = new(Town: "Vielstadt");
    private readonly TestOffice office = large.Office;

    [Fact]
    public async Task five_thousand_get_a_tag_in_the_background_and_lose_it_again()
    {
        var member = (await office.As("board").Bus.QueryAsync(new ListMembers(All, Size: 1))).Rows[0];
        await office.InvokeAsync(new TagMember(member.Id, "Rundbrief"));
        var started = await StartAsync(All, BulkKind.Tag, "Rundbrief");
        started.InBackground.ShouldBeTrue();
        await office.DrainAsync();
        var view = await ReadAsync(started.Id);
        (view.IsRunning, view.Action.Total, view.Action.Changed).ShouldBe((false, LargeOffice.Many, LargeOffice.Many - 1));
        (await CountAsync("Rundbrief")).ShouldBe(LargeOffice.Many);
        await office.InvokeAsync(new UndoBulk(started.Id));
        (await CountAsync("Rundbrief")).ShouldBe(1); // who had it before keeps it
        await office.ShouldRefuseAsync(new UndoBulk(started.Id), "");
    }

    [Fact]
    public async Task five_thousand_change_category_at_the_next_first_of_january()
    {
        var rows = (await office.As("board").Bus.QueryAsync(new ListMembers(All with { Search = "Viele 4711" }))).Rows;
        var planned = rows[0];
        var version = (await office.ReadAsync(planned.Id)).Version;
        await office.InvokeAsync(new Association.Membership.Members.Categories.ChangeCategory(planned.Id, version, "hospital"));
        var started = await StartAsync(All, BulkKind.Category, "company");
        await office.DrainAsync();
        (await ReadAsync(started.Id)).Action.Changed.ShouldBe(LargeOffice.Many - 3, "three leave on 31 December and are no members on 1 January");
        var changed = await office.ReadAsync(planned.Id);
        (changed.Category, changed.NextCategory, changed.NextCategoryOn).ShouldBe(("practice", "company", new DateOnly(2027, 1, 1)));
        (await HistoryAsync("next_category", "company")).ShouldBe(LargeOffice.Many - 3, "each member's history says so");

        await office.InvokeAsync(new UndoBulk(started.Id));
        (await office.ReadAsync(planned.Id)).NextCategory.ShouldBe("hospital", "what was planned before is planned again");
        await using var connection = await office.Database.OpenConnectionAsync();
        (
            await connection.ExecuteScalarAsync<int>("select count(*)::int from membership.member where town = 'Vielstadt' and next_category is not null")
        ).ShouldBe(1);
    }

    [Fact]
    public async Task a_selection_that_means_others_by_now_is_asked_again()
    {
        var filter = new MemberFilter(Town: "Wandelstadt");
        await office.MemberAsync(name: "Wandel 1", town: "Wandelstadt");
        var seen = await ChoiceAsync(filter);
        seen.Count.ShouldBe(1);
        await office.MemberAsync(name: "Wandel 2", town: "Wandelstadt");
        var text = await office.ShouldRefuseAsync(new StartBulk(filter, seen.Digest, BulkKind.Tag, "Wandel"), "");
        text.ShouldContain("2");
        (await office.As("board").Bus.QueryAsync(new ListTags())).ShouldNotContain(t => t.Name == "Wandel");
        (await StartAsync(filter, BulkKind.Tag, "Wandel")).InBackground.ShouldBeFalse();
        (await CountAsync("Wandel")).ShouldBe(2);
    }

    [Fact]
    public async Task ticked_members_are_meant_by_their_numbers_and_one_that_is_gone_is_noticed()
    {
        var (a, b) = (await office.MemberAsync(name: "Haken 1"), await office.MemberAsync(name: "Haken 2"));
        var ticked = MemberFilter.All with { Numbers = [a.Number, b.Number, "gibt-es-nicht"] };
        var seen = await ChoiceAsync(ticked);
        (seen.Count, string.Join(",", seen.First)).ShouldBe((2, "Haken 1,Haken 2"));
        await office.InvokeAsync(new RemoveMember(b.Id, (await office.ReadAsync(b.Id)).Version));
        await office.ShouldRefuseAsync(new StartBulk(ticked, seen.Digest, BulkKind.Untag, "x"), "");
    }

    [Fact]
    public async Task a_double_click_does_it_once()
    {
        var member = await office.MemberAsync(name: "Doppelklick");
        var ticked = MemberFilter.All with { Numbers = [member.Number] };
        var (choice, token) = (await ChoiceAsync(ticked), Guid.CreateVersion7());
        Task<BulkStarted> Click()
        {
            var bus = office.As("office").Bus;
            bus.FormToken = token;
            return bus.InvokeAsync<BulkStarted>(new StartBulk(ticked, choice.Digest, BulkKind.Tag, "Einmal"));
        }
        var clicks = new[] { Click(), Click() };
        await Task.WhenAll(clicks.Select(c => c.ContinueWith(_ => { }, TaskScheduler.Default)));
        clicks.Count(c => c.IsCompletedSuccessfully).ShouldBe(1);
        clicks.Single(c => c.IsFaulted).Exception!.InnerException.ShouldBeOfType<AlreadySubmittedException>();
        await using var connection = await office.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from membership.bulk_action where subject = 'Einmal'")).ShouldBe(1);
    }

    [Fact]
    public async Task two_who_invent_the_same_tag_at_once_get_one()
    {
        var members = new List<Membership.Members.Model.Member>();
        for (var i = 0; i < 6; i++)
            members.Add(await office.MemberAsync(name: $"Gleichzeitig {i}"));
        await Task.WhenAll(
            members.Select((m, i) => office.As(i % 2 == 0 ? "office" : "office2").Bus.InvokeAsync(new TagMember(m.Id, i % 2 == 0 ? "Zugleich" : "zugleich")))
        );
        (await CountAsync("Zugleich")).ShouldBe(6);
    }

    [Fact]
    public async Task an_unknown_category_and_an_empty_selection_are_refused()
    {
        var member = await office.MemberAsync(name: "Falsch");
        var ticked = MemberFilter.All with { Numbers = [member.Number] };
        await office.ShouldRefuseAsync(new StartBulk(ticked, (await ChoiceAsync(ticked)).Digest, BulkKind.Category, "nobility"), "Subject");
        var nobody = MemberFilter.All with { Numbers = [] };
        await office.ShouldRefuseAsync(new StartBulk(nobody, (await ChoiceAsync(nobody)).Digest, BulkKind.Tag, "x"), "");
    }

    private async Task<int> HistoryAsync(string column, string value)
    {
        await using var connection = await office.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from platform.audit_entry where table_name = 'membership.member' and operation = 'update' and changes -> @column ->> 1 = @value",
            new { column, value }
        );
    }

    private Task<MemberChoice> ChoiceAsync(MemberFilter filter) => office.As("office").Bus.QueryAsync(new ReadChoice(filter));

    private async Task<BulkStarted> StartAsync(MemberFilter filter, BulkKind kind, string subject) =>
        await office.As("office").Bus.InvokeAsync<BulkStarted>(new StartBulk(filter, (await ChoiceAsync(filter)).Digest, kind, subject));

    private async Task<BulkView> ReadAsync(Guid action) => (await office.As("office").Bus.QueryAsync(new ReadBulk(action))).ShouldNotBeNull();

    private async Task<int> CountAsync(string tag) => (await office.As("board").Bus.QueryAsync(new ListMembers(new MemberFilter(Tag: tag), Size: 1))).Total;
}
