using Association.Membership.Members;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Lists.Views;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class ViewTests(ListOffice list) : IClassFixture<ListOffice>
{
    private readonly TestOffice office = list.Office;

    [Fact]
    public async Task a_view_keeps_filter_order_and_columns_and_counts_what_it_shows()
    {
        await SaveAsync("office", "Krankenhäuser nach Ort", "category=hospital&sort=-town&cols=name,town,email");
        var view = (await ViewsAsync("office")).Single(v => v.Name == "Krankenhäuser nach Ort");
        view.Query.ShouldBe("category=hospital&sort=-town&cols=name,town,email");
        view.Count.ShouldBe(15);
    }

    [Theory]
    [InlineData("?q=<script>alert(1)</script>&evil=1", "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("https://example.org/?status=Active", "")]
    [InlineData("status=Active&after=eyJ4Ijox&before=x&size=100", "status=Active")]
    [InlineData("status=99&route=Cash&joined=nineteen&since=31.02.2020&duesfrom=-5&missing=77", "")]
    [InlineData("sort=name;drop table membership.member&cols=password,name,name,iban", "cols=name")]
    [InlineData("n=1&n=2&all=1", "")]
    [InlineData("q=%00%0D%0ASet-Cookie:x", "q=Set-Cookie%3Ax")]
    public async Task of_a_hostile_address_only_what_the_list_understands_is_kept(string typed, string kept)
    {
        var name = $"Feindlich {Guid.CreateVersion7():N}";
        await SaveAsync("office", name, typed);
        (await ViewsAsync("office")).Single(v => v.Name == name).Query.ShouldBe(kept);
    }

    [Fact]
    public async Task a_search_that_is_too_long_to_keep_is_refused_in_words() =>
        await RefusedAsync(new SaveView(MembersView.ListName, "q=" + new string('x', 3000), "Zu lang"), "");

    [Fact]
    public async Task an_own_view_is_seen_by_its_owner_alone()
    {
        var view = await SaveAsync("office", "Nur meins", "status=Active");
        (await ViewsAsync("office2")).ShouldNotContain(v => v.Id == view.Id);
        (await office.As("office2").Bus.QueryAsync(new ReadSavedView(view.Id))).ShouldBeNull();
        foreach (
            ICommand command in new ICommand[]
            {
                new ChangeView(view.Id, "Deins", true, false),
                new DeleteView(view.Id),
                new RestoreView(view.Id),
                new SaveView(MembersView.ListName, "", "x", Replaces: view.Id),
            }
        )
            await Should.ThrowAsync<ProblemsException>(() => office.As("office2").Bus.InvokeAsync(command));
    }

    [Fact]
    public async Task the_shared_view_of_somebody_who_left_goes_on_and_can_be_changed_by_the_others()
    {
        // Who has left has no actor any more: the view's row is all that is left of them.
        var gone = office.As(new Actor(UserId.From(Guid.CreateVersion7()), "Erika Früher", office.As("office").Actor.Permissions));
        var view = await gone.Bus.InvokeAsync<SavedView>(new SaveView(MembersView.ListName, "category=person", "Von früher", Shared: true));
        (await ViewsAsync("board")).Single(v => v.Id == view.Id).OwnerName.ShouldBe("Erika Früher");
        await office.As("office2").Bus.InvokeAsync(new ChangeView(view.Id, "Privatpersonen", true, First: true));
        await office.As("office2").Bus.InvokeAsync(new SaveView(MembersView.ListName, "category=person&sort=town", "", Replaces: view.Id));
        var changed = (await ViewsAsync("office2")).Single(v => v.Id == view.Id);
        (changed.Name, changed.Query, changed.IsDefault).ShouldBe(("Privatpersonen", "category=person&sort=town", true));
        await office.As("office").Bus.InvokeAsync(new ChangeView(view.Id, "Privatpersonen", false, First: false));
        (await ViewsAsync("office")).Single(v => v.Id == view.Id).OwnerName.ShouldBe(office.As("office").Actor.Name);
        (await office.As("office2").Bus.QueryAsync(new FindDefaultView(MembersView.ListName))).ShouldBeNull();
    }

    [Fact]
    public async Task a_deleted_view_comes_back_unless_its_name_was_given_away()
    {
        var view = await SaveAsync("office", "Gelöscht", "status=Left");
        await office.InvokeAsync(new DeleteView(view.Id));
        (await ViewsAsync("office")).ShouldNotContain(v => v.Id == view.Id);
        await office.InvokeAsync(new RestoreView(view.Id));
        (await ViewsAsync("office")).ShouldContain(v => v.Id == view.Id);
        await office.InvokeAsync(new DeleteView(view.Id));
        await SaveAsync("office", "GELÖSCHT", "");
        await RefusedAsync(new RestoreView(view.Id), "Name");
    }

    [Fact]
    public async Task names_are_taken_once_and_not_empty()
    {
        await SaveAsync("office", "Doppelt", "");
        await RefusedAsync(new SaveView(MembersView.ListName, "", "doppelt"), "Name");
        await RefusedAsync(new SaveView(MembersView.ListName, "", "  "), "Name");
        await RefusedAsync(new SaveView(MembersView.ListName, "", new string('x', 61)), "Name");
        await RefusedAsync(new SaveView("membership.secrets", "", "x"), "");
        await SaveAsync("office2", "Doppelt", ""); // another person's own
    }

    [Fact]
    public async Task who_may_not_read_the_list_neither_sees_nor_keeps_its_views()
    {
        await SaveAsync("office", "Für alle", "", shared: true);
        (await ViewsAsync("admin")).ShouldBeEmpty();
        await Should.ThrowAsync<ProblemsException>(() => office.As("admin").Bus.InvokeAsync(new SaveView(MembersView.ListName, "", "x")));
    }

    [Fact]
    public void columns_come_in_the_order_of_the_form_and_the_name_always_stays()
    {
        ColumnChoice<MemberColumn> Of(string query) => office.As("office").Services.GetRequiredService<MembersView>().Read(ListQuery.Parse(query)).Columns;
        Of("").Text.ShouldBeNull();
        Of("cols=town,number").Shown.ShouldBe([MemberColumn.Name, MemberColumn.Town, MemberColumn.Number]);
        var form = Of("col=name&col=email&col=town&pos.name=3&pos.email=1&pos.town=x&pos.number=9");
        form.IsFromForm.ShouldBeTrue();
        form.Text.ShouldBe("email,name,town");
        Of("col=nothing").Text.ShouldBeNull();
    }

    private Task<SavedView> SaveAsync(string who, string name, string query, bool shared = false) =>
        office.As(who).Bus.InvokeAsync<SavedView>(new SaveView(MembersView.ListName, query, name, shared));

    private Task<IReadOnlyList<SavedView>> ViewsAsync(string who) => office.As(who).Bus.QueryAsync(new ListSavedViews(MembersView.ListName, WithCounts: true));

    private Task<string> RefusedAsync(object command, string field) => office.ShouldRefuseAsync(command, field);
}
