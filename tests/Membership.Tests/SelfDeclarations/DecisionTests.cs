using Association.Membership.SelfDeclarations;
using Association.Membership.SelfDeclarations.Deciding;
using Association.Membership.SelfDeclarations.Desk;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.SelfDeclarations;

/// <summary>What the office does with answers.</summary>
public sealed class DecisionTests
{
    [Fact]
    public async Task all_plausible_answers_are_confirmed_in_one_go_and_the_others_wait()
    {
        await using var office = await RoundOffice.OpenAsync();
        var keys = new Dictionary<string, string>();
        foreach (var name in new[] { "a", "b", "c", "d" })
            keys[name] = await office.HospitalAsync(name, $"{name}@example.com");
        await office.AskAsync();
        foreach (var (name, value) in new[] { ("a", 410), ("b", 390), ("c", 1000) })
            await office.AnswerAsync(RoundOffice.LinkOf(office.Server.Mails.Single(m => m.To.Contains($"{name}@example.com"))), value, "Neubau");
        var seen = (await office.ListAsync()).Plausible;
        seen.Count.ShouldBe(2);

        await office.RefusedAsync(() => office.DoAsync(new ConfirmPlausible(2027, "something else")), "");
        await office.DoAsync(new ConfirmPlausible(2027, seen.Seen));

        (await office.ValueAsync(keys["a"])).ShouldBe((410, "self_declaration"));
        (await office.ValueAsync(keys["b"])).ShouldBe((390, "self_declaration"));
        (await office.ValueAsync(keys["c"])).ShouldBeNull();
        (await office.ListAsync()).States.ShouldBe(
            new Dictionary<DeclarationState, int>
            {
                [DeclarationState.Confirmed] = 2,
                [DeclarationState.Implausible] = 1,
                [DeclarationState.Open] = 1,
            },
            ignoreOrder: true
        );
        await office.RefusedAsync(() => office.DoAsync(new ConfirmPlausible(2027, seen.Seen)), "");
    }

    [Fact]
    public async Task an_answer_that_was_changed_since_it_was_seen_is_not_confirmed()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.RefusedAsync(() => office.DoAsync(new ConfirmDeclaration(2027, number, 410)), "");
        await office.AnswerAsync(key, 410);
        await office.AnswerAsync(key, 420);
        await office.RefusedAsync(() => office.DoAsync(new ConfirmDeclaration(2027, number, 410)), "");
        (await office.ValueAsync(number)).ShouldBeNull();
    }

    [Fact]
    public async Task two_who_confirm_and_one_who_changes_at_once_leave_one_value_that_was_seen()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.AnswerAsync(key, 410);
        await Task.WhenAll(
            Quietly(office.DoAsync(new ConfirmDeclaration(2027, number, 410))),
            Quietly(office.DoAsync(new ConfirmDeclaration(2027, number, 410))),
            Quietly(office.AnswerAsync(key, 420))
        );
        var (state, value) = (await office.StateAsync(number), await office.ValueAsync(number));
        (state == DeclarationState.Confirmed ? value == (410, "self_declaration") : value is null).ShouldBeTrue($"{state}, {value}");
    }

    [Fact]
    public async Task a_confirmation_is_taken_back_until_the_dues_are_charged()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.AnswerAsync(key, 410);
        await office.DoAsync(new ConfirmDeclaration(2027, number, 410));
        await office.DoAsync(new UndoConfirmation(2027, number));
        (await office.ValueAsync(number)).ShouldBeNull();
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Answered);

        await office.DoAsync(new ConfirmDeclaration(2027, number, 410));
        await office.Dues.ReleaseAsync();
        await office.RefusedAsync(() => office.DoAsync(new UndoConfirmation(2027, number)), "");
        (await office.ValueAsync(number)).ShouldBe((410, "self_declaration"));
    }

    [Fact]
    public async Task a_confirmed_value_is_what_the_dues_are_charged_by()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        await office.AnswerAsync(await office.AskForLinkAsync(), 410);
        (await office.Dues.PreviewAsync()).Summary.Missing.ShouldHaveSingleItem();
        await office.DoAsync(new ConfirmDeclaration(2027, number, 410));
        var summary = (await office.Dues.PreviewAsync()).Summary;
        (summary.Missing.Count, summary.Charges).ShouldBe((0, 1));
    }

    [Fact]
    public async Task an_answer_goes_back_with_a_question_and_comes_again()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync(language: "fr");
        var key = await office.AskForLinkAsync();
        await office.AnswerAsync(key, 410);
        await office.RefusedAsync(() => office.DoAsync(new ReturnDeclaration(2027, number, "  ")), "Question");
        await office.DoAsync(new ReturnDeclaration(2027, number, "Avec la clinique de jour ?"));

        (await office.StateAsync(number)).ShouldBe(DeclarationState.Draft);
        var asked = office.Server.Mails[^1];
        RoundOffice.TextOf(asked).ShouldContain("Avec la clinique de jour");
        (await office.LookAsync(key))!.Question.ShouldBe("Avec la clinique de jour ?");
        await office.AnswerAsync(RoundOffice.LinkOf(asked), 405);
        await office.DoAsync(new ReturnDeclaration(2027, number, "Vraiment ?")); // a second question is a second mail
        office.Server.Mails.Count.ShouldBe(3);
    }

    [Fact]
    public async Task an_answer_on_the_phone_is_noted_also_for_whom_nothing_reaches()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync(email: null);
        await office.AskAsync();
        await office.RefusedAsync(() => office.DoAsync(new NoteAnswer(2027, number, 900, "Herr Klein")), "Reason");
        await office.DoAsync(new NoteAnswer(2027, number, 410, "Herr Klein"));
        (await office.RequestAsync(number)).Note.NotedBy.ShouldNotBeNullOrEmpty();
        await office.RefusedAsync(() => office.DoAsync(new ReturnDeclaration(2027, number, "Wie viele?")), "");
        await office.DoAsync(new ConfirmDeclaration(2027, number, 410));
        (await office.ValueAsync(number)).ShouldBe((410, "self_declaration"));
    }

    [Fact]
    public async Task the_list_finds_sorts_and_pages_and_its_workbook_has_all_of_it()
    {
        await using var office = await RoundOffice.OpenAsync();
        for (var i = 0; i < 5; i++)
            await office.HospitalAsync($"Haus {i}", $"haus{i}@example.com");
        await office.AskAsync();
        (await office.ListAsync(new DeclarationFilter(Search: "Haus 3"))).Page.Rows.ShouldHaveSingleItem().Name.ShouldBe("Haus 3");
        (await office.ListAsync(new DeclarationFilter(2027, State: DeclarationState.Confirmed))).Page.Rows.ShouldBeEmpty();
        (await office.ListAsync(new DeclarationFilter(Silent: true))).Count.ShouldBe(5);
        (await office.ListAsync(new DeclarationFilter(2031))).Round.ShouldBeNull();
        await using var scope = office.Office.As("board");
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await scope.Bus.QueryAsync(new ListDeclarations(null, after, Size: 2, Sort: "-name"))).Page;
            seen.AddRange(page.Rows.Select(r => r.Name));
            after = page.After;
        } while (after is not null);
        seen.ShouldBe(["Haus 4", "Haus 3", "Haus 2", "Haus 1", "Haus 0"]);
    }

    [Fact]
    public async Task the_board_looks_and_decides_nothing()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        await office.AskAsync();
        foreach (var command in new object[] { new RemindDeclarations(2027), new CloseDeclarations(2027), new WithdrawRequest(2027, number) })
            await Should.ThrowAsync<PermissionDeniedException>(() => office.Dues.InvokeAsync("board", command));
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Open);
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (ProblemsException)
        {
            // Somebody was faster.
        }
    }
}
