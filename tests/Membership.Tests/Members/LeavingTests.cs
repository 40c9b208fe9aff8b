using Association.Membership.Contracts;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Leaving;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>A resignation and its letters: confirmed once, outdated with every change, answered when it is taken back.</summary>
public sealed class LeavingTests(MembershipOffice membership) : IClassFixture<MembershipOffice>, IAsyncLifetime, IAsyncDisposable
{
    private static readonly DateOnly Received = new(2026, 9, 30),
        LastDay = new(2026, 12, 31);
    private readonly TestOffice office = membership.Office;
    private readonly TrialServer server = new();

    public Task InitializeAsync() => office.WriteByMailAsync(server.Port);

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task a_resignation_is_confirmed_by_one_letter_however_many_confirm_it_at_once()
    {
        var member = await ResignedAsync("Einmal bestätigt gGmbH");
        (await UnconfirmedAsync()).ShouldContain(u => u.Number == member.Number && u.LastDay == LastDay);
        var command = await CommandAsync(member.Id, LetterPurpose.Leaving);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        await office.As("office").Bus.InvokeAsync<Guid>(command);
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false;
                    }
                })
        );
        tries.Count(done => done).ShouldBe(1);
        await office.DrainAsync();
        server.Mails.ShouldHaveSingleItem();
        var letter = (await LettersAsync(member.Id)).ShouldHaveSingleItem();
        letter.Subject.ShouldBe("Ihr Austritt zum 31.12.2026");
        letter.Body.ShouldContain("30.09.2026");
        (await UnconfirmedAsync()).ShouldNotContain(u => u.Number == member.Number);
    }

    [Fact]
    public async Task another_day_of_receipt_computes_the_last_day_anew_and_asks_for_another_letter()
    {
        var member = await ResignedAsync("Neu berechnet gGmbH");
        await office.As("office").Bus.InvokeAsync<Guid>(await CommandAsync(member.Id, LetterPurpose.Leaving));

        var notice = new NoticeRules();
        // As the form: the day that followed from the old receipt still stands in its field.
        LastDays.Typed(member, LeavingReason.Resignation, Received.AddDays(-10), LastDay, notice).ShouldBeNull();
        LastDays.Typed(member, LeavingReason.Resignation, Received, LastDay, notice).ShouldBe(LastDay);
        LastDays.Typed(member, LeavingReason.Resignation, Received.AddDays(-10), new DateOnly(2027, 12, 31), notice).ShouldBe(new DateOnly(2027, 12, 31));
        LastDays.Typed(member, LeavingReason.Exclusion, null, LastDay, notice).ShouldBe(LastDay);

        await office.InvokeAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, Received.AddDays(-10), null));
        (await office.ReadAsync(member.Id)).LeftOn.ShouldBe(LastDay);
        (await UnconfirmedAsync()).ShouldContain(u => u.Number == member.Number); // the letter names another day of receipt
        await office.As("office").Bus.InvokeAsync<Guid>(await CommandAsync(member.Id, LetterPurpose.Leaving));
        (await LettersAsync(member.Id)).Count.ShouldBe(2);
        var again = await office.ReadAsync(member.Id);
        await office.InvokeAsync(new RecordResignation(again.Id, again.Version, LeavingReason.Resignation, Received.AddDays(-10), LastDay));
        (await UnconfirmedAsync()).ShouldNotContain(u => u.Number == member.Number); // nothing became another
    }

    [Fact]
    public async Task a_confirmed_resignation_that_is_taken_back_is_answered_by_one_letter()
    {
        var member = await ResignedAsync("Bleibt doch gGmbH");
        await office.ShouldRefuseAsync(Staying(member.Id), "");
        await office.As("office").Bus.InvokeAsync<Guid>(await CommandAsync(member.Id, LetterPurpose.Leaving));
        await office.InvokeAsync(new WithdrawResignation(member.Id, member.Version));
        (await office.As("office").Bus.QueryAsync(new ReadLeaving(member.Id))).Unanswered.ShouldNotBeNull().LastDay.ShouldBe(LastDay);
        await office.As("office").Bus.InvokeAsync<Guid>(await CommandAsync(member.Id, LetterPurpose.Staying));
        (await LettersAsync(member.Id)).Select(l => l.Subject).ShouldBe(["Sie bleiben Mitglied", "Ihr Austritt zum 31.12.2026"]);
        (await LettersAsync(member.Id))[0].Body.ShouldContain("31.12.2026");
        await office.ShouldRefuseAsync(Staying(member.Id), "");
        (await office.As("office").Bus.QueryAsync(new ReadLeaving(member.Id))).Unanswered.ShouldBeNull();
    }

    [Fact]
    public async Task a_resignation_is_taken_back_only_until_it_took_effect()
    {
        var member = await ResignedAsync("Schon fort gGmbH");
        membership.SetToday(LastDay);
        await office.InvokeAsync(new WithdrawResignation(member.Id, member.Version));
        membership.SetToday(MembershipOffice.Day);
        var back = await office.ReadAsync(member.Id);
        await office.InvokeAsync(new RecordResignation(back.Id, back.Version, LeavingReason.Resignation, Received, null));
        membership.SetToday(LastDay.AddDays(1));
        try
        {
            var gone = await office.ReadAsync(member.Id);
            (await office.ShouldRefuseAsync(new WithdrawResignation(gone.Id, gone.Version), "")).ShouldContain("31.12.2026");
        }
        finally
        {
            membership.SetToday(MembershipOffice.Day);
        }
    }

    [Fact]
    public async Task what_ends_is_told_by_name_and_without_a_resignation_there_is_nothing_to_confirm()
    {
        var member = await office.MemberAsync(name: "Funktion endet gGmbH");
        await office.InvokeAsync(
            new Association.Membership.Members.Contacts.AddContact(member.Id, Salutation.Ms, "Nora Groß", null, null, FunctionKind.Voting, "", new(2020, 1, 1))
        );
        var facts = await office.As("office").Bus.QueryAsync(new ReadLeaving(member.Id));
        facts.Functions.ShouldBe([("Nora Groß", FunctionKind.Voting, "")]);
        await office.ShouldRefuseAsync(
            new ConfirmLeaving(member.Id, LetterPurpose.Leaving, LetterWay.Paper, LetterPurposes.Delivered(LetterPurpose.Leaving, "de")),
            ""
        );
    }

    [Theory]
    [InlineData("de"), InlineData("fr"), InlineData("en")]
    public async Task the_delivered_letters_are_whole_in_every_language(string language)
    {
        var member = await ResignedAsync($"Sprache {language} gGmbH");
        await office.InvokeAsync(
            new Association.Membership.Members.Record.EditMember(
                member.Id,
                member.Version,
                member.Number,
                member.JoinedOn,
                Association.Membership.Members.Record.MemberDetails.Of(member) with
                {
                    Language = language,
                }
            )
        );
        var command = await CommandAsync(member.Id, LetterPurpose.Leaving);
        command.Text.Language.ShouldBe(language);
        await office.As("office").Bus.InvokeAsync<Guid>(command);
        var letter = (await LettersAsync(member.Id)).ShouldHaveSingleItem();
        letter.Body.ShouldNotContain("{");
        foreach (var purpose in Enum.GetValues<LetterPurpose>())
            LetterPurposes.Delivered(purpose, language).Body.Length.ShouldBeGreaterThan(100);
    }

    private async Task<Member> ResignedAsync(string name)
    {
        var member = await office.MemberAsync(name: name);
        await office.InvokeAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, Received, null));
        return await office.ReadAsync(member.Id);
    }

    private static ConfirmLeaving Staying(MemberId member) =>
        new(member, LetterPurpose.Staying, LetterWay.Mail, LetterPurposes.Delivered(LetterPurpose.Staying, "de"));

    // As the page offers it.
    private async Task<ConfirmLeaving> CommandAsync(MemberId member, LetterPurpose purpose)
    {
        var found = (await office.As("office").Bus.QueryAsync(new ReadLeavingLetter(member, purpose))).ShouldNotBeNull();
        return new ConfirmLeaving(member, purpose, found.Letter.Desk.UsualWay, found.Letter.Text, found.Letter.Desk.AsShown);
    }

    private Task<IReadOnlyList<UnconfirmedLeaving>> UnconfirmedAsync() => office.As("office").Bus.QueryAsync(new ListUnconfirmedLeavings());

    private Task<IReadOnlyList<MemberLetter>> LettersAsync(MemberId member) => MemberLetter.OfMemberAsync(office.Db(), member, CancellationToken.None);
}
