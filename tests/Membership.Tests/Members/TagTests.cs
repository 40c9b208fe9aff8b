using Association.Membership.Contracts;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Export;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.Tags;
using Association.Platform.Documents.Excel;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class TagTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task a_tag_is_made_by_giving_it_whatever_its_case_and_blanks()
    {
        var (a, b) = (await office.MemberAsync(name: "Presse A"), await office.MemberAsync(name: "Presse B"));
        await office.InvokeAsync(new TagMember(a.Id, "  Öffentliche   Arbeit "));
        await office.InvokeAsync(new TagMember(b.Id, "öffentliche arbeit"));
        await office.InvokeAsync(new TagMember(b.Id, "ÖFFENTLICHE ARBEIT"));
        var tag = (await TagsAsync()).Single(t => t.Name == "Öffentliche Arbeit");
        tag.Members.ShouldBe(2);
        (await FoundAsync(new MemberFilter(Tag: "ÖFFENTLICHE arbeit"))).ShouldBe([a.Id, b.Id]);
        (await FoundAsync(new MemberFilter(WithoutTag: "Öffentliche Arbeit", Search: "Presse"))).ShouldBeEmpty();
        await office.InvokeAsync(new UntagMember(a.Id, tag.Id));
        (await FoundAsync(new MemberFilter(WithoutTag: "Öffentliche Arbeit", Search: "Presse"))).ShouldBe([a.Id]);
    }

    [Fact]
    public async Task merged_tags_are_one_and_nobody_has_it_twice()
    {
        var (a, b, both) = (await office.MemberAsync(name: "Merge A"), await office.MemberAsync(name: "Merge B"), await office.MemberAsync(name: "Merge AB"));
        foreach (var (member, name) in new[] { (a, "Presse-Verteiler"), (both, "Presse-Verteiler"), (b, "Presseverteiler"), (both, "Presseverteiler") })
            await office.InvokeAsync(new TagMember(member.Id, name));
        var (from, into) = (await TagAsync("Presse-Verteiler"), await TagAsync("Presseverteiler"));
        await office.ShouldRefuseAsync(new RenameTag(from.Id, "PRESSEVERTEILER"), "Name");
        await office.ShouldRefuseAsync(new MergeTags(from.Id, from.Id), "Into");
        (await office.As("office").Bus.InvokeAsync<TagsMerged>(new MergeTags(from.Id, into.Id))).Members.ShouldBe(1);
        (await TagAsync("Presseverteiler")).Members.ShouldBe(3);
        (await TagsAsync()).ShouldNotContain(t => t.Name == "Presse-Verteiler");
        await office.ShouldRefuseAsync(new MergeTags(from.Id, into.Id), "");
    }

    [Fact]
    public async Task who_deletes_a_tag_was_told_how_many_lose_it()
    {
        var member = await office.MemberAsync(name: "Löschbar");
        await office.InvokeAsync(new TagMember(member.Id, "Kurzlebig"));
        var tag = await TagAsync("Kurzlebig");
        await office.ShouldRefuseAsync(new DeleteTag(tag.Id, 0), "");
        await office.InvokeAsync(new DeleteTag(tag.Id, 1));
        (await TagsAsync()).ShouldNotContain(t => t.Id == tag.Id);
        await office.ShouldRefuseAsync(new DeleteTag(tag.Id, 1), "");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    public async Task an_empty_tag_is_refused(string name) => await office.ShouldRefuseAsync(new TagMember(MemberId.From(Guid.CreateVersion7()), name), "Name");

    [Fact]
    public async Task hostile_words_stay_text_in_the_workbook()
    {
        var member = await office.MemberAsync(name: "=HYPERLINK(\"http://example.org\";\"Klick\")", town: "Formelheim");
        await office.InvokeAsync(new TagMember(member.Id, "+cmd|' /C calc'!A0"));
        var file = new MemoryStream();
        await office
            .As("board")
            .Bus.QueryAsync(new ExportMembers(new ListMembers(new MemberFilter(Town: "Formelheim"), Columns: [MemberColumn.Name, MemberColumn.Tags]), file));
        var rows = SpreadsheetReader.Read(file.ToArray(), "x.xlsx").Sheets.Single().Rows;
        rows.Count.ShouldBe(2);
        rows[1]
            .Cells.Select(c => (c.Kind, c.Text))
            .ShouldBe([(CellKind.Text, "=HYPERLINK(\"http://example.org\";\"Klick\")"), (CellKind.Text, "+cmd|' /C calc'!A0")]);
    }

    private async Task<IReadOnlyList<MemberId>> FoundAsync(MemberFilter filter) =>
        [.. (await office.As("board").Bus.QueryAsync(new ListMembers(filter))).Rows.Select(r => r.Id)];

    private Task<IReadOnlyList<TagCount>> TagsAsync() => office.As("board").Bus.QueryAsync(new ListTags());

    private async Task<TagCount> TagAsync(string name) => (await TagsAsync()).Single(t => t.Name == name);
}
