using Association.Membership.Members.Model;
using Association.Membership.Members.Notes;
using Association.Membership.Members.Record;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Audit;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class NoteTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    private static readonly DateOnly Yesterday = MembershipOffice.Day.AddDays(-1);
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task a_note_is_changed_by_its_author_alone_and_the_earlier_wording_stays_in_the_history()
    {
        var member = await office.MemberAsync(name: "Notiz ändern");
        var id = await WriteAsync(member, "  Ruft morgen an.\r\nFrau Weber  ");
        var note = await NoteAsync(member, id);
        (note.Note, note.NoteKind, note.NotedOn).ShouldBe(("Ruft morgen an.\nFrau Weber", NoteKind.Call, Yesterday));

        var other = office.As("office2");
        var refused = await Should.ThrowAsync<ProblemsException>(() => other.Bus.InvokeAsync(Edit(note, "anders")));
        refused.Problems.ShouldHaveSingleItem().Text.ShouldContain(note.WrittenBy);
        await office.InvokeAsync(Edit(note, "Hat angerufen."));
        await Should.ThrowAsync<ConcurrentEditException>(() => office.InvokeAsync(Edit(note, "veraltet")));

        (await NoteAsync(member, id)).Note.ShouldBe("Hat angerufen.");
        var change = (await HistoryAsync(member)).First(e => e.Operation == "update").Changes.Single(c => c.Column == "note");
        (change.Old, change.New).ShouldBe(("Ruft morgen an.\nFrau Weber", "Hat angerufen."));
    }

    [Fact]
    public async Task a_note_is_withdrawn_with_a_reason_and_never_erased()
    {
        var member = await office.MemberAsync(name: "Notiz zurück");
        var note = await NoteAsync(member, await WriteAsync(member, "Falsches Mitglied"));
        (await office.ShouldRefuseAsync(new WithdrawNote(note.Id, note.Version, "  "), "Reason")).ShouldContain("Grund");
        (await office.ShouldRefuseAsync(new WithdrawNote(note.Id, note.Version, "gehört\u200b"), "Reason")).ShouldContain("die man nicht sieht");

        var other = office.As("office2");
        await other.Bus.InvokeAsync(new WithdrawNote(note.Id, note.Version, "gehört zu 4711"));

        var withdrawn = await NoteAsync(member, note.Id.Value);
        (withdrawn.IsWithdrawn, withdrawn.WithdrawnReason, withdrawn.WithdrawnBy, withdrawn.Note).ShouldBe(
            (true, "gehört zu 4711", other.Actor.Name, "Falsches Mitglied")
        );
        await office.ShouldRefuseAsync(new WithdrawNote(note.Id, withdrawn.Version, "noch einmal"), "");
        await office.ShouldRefuseAsync(Edit(withdrawn, "doch"), "");
        (await FoundAsync("Falsches Mitglied")).ShouldBeEmpty("what was withdrawn is not found");
        (await HistoryAsync(member)).ShouldContain(e => e.UserName == other.Actor.Name && e.Reason == "Falsches Mitglied");
    }

    [Theory]
    [InlineData("", 0, "Note")]
    [InlineData(" \u200b\n ", 0, "Note")]
    [InlineData("morgen", 1, "NotedOn")]
    public async Task a_note_without_words_or_of_tomorrow_is_refused(string text, int days, string field)
    {
        var member = await office.MemberAsync(name: "Notiz prüfen");
        await office.ShouldRefuseAsync(new WriteNote(member.Id, NoteKind.Visit, MembershipOffice.Day.AddDays(days), text), field);
        await office.ShouldRefuseAsync(new WriteNote(member.Id, NoteKind.Visit, Yesterday, new string('x', 4001)), "Note");
    }

    [Fact]
    public async Task only_who_was_given_the_right_reads_notes()
    {
        var member = await office.MemberAsync(name: "Notiz vertraulich");
        await WriteAsync(member, "vertraulich");
        var board = office.As("board");
        await Should.ThrowAsync<PermissionDeniedException>(() => board.Bus.QueryAsync(new ListNotes(member.Id)));
        await Should.ThrowAsync<PermissionDeniedException>(() => board.Bus.QueryAsync(new FindNotes("vertraulich", 5)));
        await Should.ThrowAsync<PermissionDeniedException>(() => board.Bus.InvokeAsync(new WriteNote(member.Id, NoteKind.Other, Yesterday, "x")));
    }

    [Fact]
    public async Task the_search_finds_what_a_note_says_whatever_its_accents_and_takes_signs_as_they_are()
    {
        var member = await office.MemberAsync(name: "Notiz suchen");
        await WriteAsync(member, "Rückfrage zu 100 % der Förderung");
        (await FoundAsync("rueckfrage")).ShouldHaveSingleItem().Number.ShouldBe(member.Number);
        (await FoundAsync("100 %")).ShouldHaveSingleItem();
        (await FoundAsync("100_%")).ShouldBeEmpty();
        (await FoundAsync("zu")).ShouldBeEmpty("less than three letters are in everything");
    }

    [Fact]
    public async Task a_member_with_notes_that_was_entered_by_mistake_can_still_be_removed()
    {
        var member = await office.MemberAsync(name: "Notiz entfernen");
        await WriteAsync(member, "versehentlich aufgenommen");
        await office.InvokeAsync(new RemoveMember(member.Id, (await office.ReadAsync(member.Id)).Version));
        (await FoundAsync("versehentlich aufgenommen")).ShouldBeEmpty();
    }

    private static EditNote Edit(MemberNote note, string text) => new(note.Id, note.Version, note.NoteKind, note.NotedOn, text);

    private Task<Guid> WriteAsync(Member member, string text) =>
        office.As("office").Bus.InvokeAsync<Guid>(new WriteNote(member.Id, NoteKind.Call, Yesterday, text));

    private async Task<MemberNote> NoteAsync(Member member, Guid id) =>
        (await office.As("office").Bus.QueryAsync(new ListNotes(member.Id))).Single(n => n.Id.Value == id);

    private Task<IReadOnlyList<FoundNote>> FoundAsync(string text) => office.As("office").Bus.QueryAsync(new FindNotes(text, 10));

    private Task<IReadOnlyList<AuditEntry>> HistoryAsync(Member member) =>
        new AuditTrail(office.Services.GetRequiredService<OfficeDatabase>()).OfAsync(
            [("membership.member_note", member.Id.Value.ToString())],
            20,
            CancellationToken.None
        );
}
