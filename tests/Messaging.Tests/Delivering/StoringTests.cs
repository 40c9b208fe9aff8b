using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Delivering;

/// <summary>A message is stored if and only if the change that caused it is committed.</summary>
public sealed class StoringTests : TrialOffice
{
    [Fact]
    public async Task a_committed_command_has_its_message_handled_by_every_handler_in_the_name_of_who_caused_it()
    {
        var id = await Anna.Bus.InvokeAsync<Guid>(new MakeThing("chair"));
        var report = await Anna.DrainAsync();
        id.ShouldNotBe(Guid.Empty);
        report.Ok.ShouldBeTrue();
        report.Handled.Select(m => m.Queue).Order().ShouldBe(["trial.thing-made/first-thing-made", "trial.thing-made/second-thing-made"]);
        (await ReadAsync<string>("select queue || ':' || subject || ':' || by_name from trial.effect order by queue")).ShouldBe([
            "first:chair:Anna Dörr",
            "second:chair:Anna Dörr",
        ]);
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(1);
    }

    [Fact]
    public async Task a_command_that_fails_after_its_write_stores_neither_its_change_nor_its_messages()
    {
        Board.On("make", _ => throw new InvalidOperationException("as told"));
        (await Should.ThrowAsync<InvalidOperationException>(Anna.Bus.InvokeAsync(new MakeThing("chair")))).Message.ShouldBe("as told");
        (await Anna.DrainAsync()).Handled.ShouldBeEmpty();
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(0);
        (await ReadAsync<long>("select count(*) from messaging.message")).ShouldBe([0]);
    }

    [Fact]
    public async Task a_command_with_problems_writes_nothing_and_says_at_which_field()
    {
        var refused = await Should.ThrowAsync<ProblemsException>(Anna.Bus.InvokeAsync(new MakeThing("")));
        refused.Problems.ShouldBe([new Problem("Name", "Der Name fehlt.")]);
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(0);
    }

    [Fact]
    public async Task a_form_submitted_twice_counts_once_and_a_corrected_one_counts()
    {
        Anna.Bus.FormToken = Guid.CreateVersion7();
        var token = Anna.Bus.FormToken;
        await Should.ThrowAsync<ProblemsException>(Anna.Bus.InvokeAsync(new MakeThing("")));
        await Anna.Bus.InvokeAsync(new MakeThing("chair")); // the corrected form still carries its token
        Anna.Bus.FormToken.ShouldBeNull();
        Anna.Bus.FormToken = token;
        await Should.ThrowAsync<AlreadySubmittedException>(Anna.Bus.InvokeAsync(new MakeThing("table")));
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(1);
    }

    [Fact]
    public async Task a_double_click_at_the_same_moment_counts_once()
    {
        var token = Guid.CreateVersion7();
        var clicks = Enumerable
            .Range(0, 8)
            .Select(i =>
            {
                var bus = Office.As("office").Bus;
                bus.FormToken = token;
                return Record.ExceptionAsync(() => bus.InvokeAsync(new MakeThing($"chair {i}")));
            });
        (await Task.WhenAll(clicks)).Count(e => e is AlreadySubmittedException).ShouldBe(7);
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(1);
    }

    [Fact]
    public async Task two_people_who_edit_one_record_are_told_apart()
    {
        var id = await Anna.Bus.InvokeAsync<Guid>(new MakeThing("chair"));
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = true;
        Board.On(
            "resize",
            async (_, _) =>
            {
                if (!first)
                    return;
                first = false;
                arrived.SetResult();
                await released.Task;
            }
        );
        var slow = Anna.Bus.InvokeAsync(new ResizeThing(id, 1));
        await arrived.Task;
        await Office.As("office2").Bus.InvokeAsync(new ResizeThing(id, 2));
        released.SetResult();
        await Should.ThrowAsync<ConcurrentEditException>(slow);
        (await ReadAsync<int>("select size from trial.thing")).ShouldBe([2]);
    }

    [Fact]
    public async Task a_command_invoked_by_a_handler_would_be_a_transaction_of_its_own_and_is_refused()
    {
        (await Should.ThrowAsync<InvalidOperationException>(Anna.Bus.InvokeAsync(new MakePair("left", "right")))).Message.ShouldStartWith(
            "MakeThing is invoked by a handler"
        );
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(0);
    }

    [Fact]
    public async Task a_handler_without_a_context_works_in_a_transaction_of_the_bus()
    {
        (await Anna.Bus.InvokeAsync<int>(new NoteEffect("x"))).ShouldBe(1);
        (await EffectsAsync()).ShouldBe(["note:x"]);
    }

    [Fact]
    public async Task a_message_sent_outside_a_handler_is_stored_at_once_and_one_that_nobody_handles_is_refused()
    {
        await Anna.Bus.SendAsync(new ThingMade("lamp"));
        (await Anna.DrainAsync()).Handled.Count.ShouldBe(2);
        await Should.ThrowAsync<InvalidOperationException>(async () => await Anna.Bus.SendAsync(new object()));
        await Anna.Bus.PublishAsync(new object());
    }

    [Fact]
    public async Task a_tracked_session_lists_what_was_sent_and_handled()
    {
        var session = await Anna.InvokeAndWaitAsync(new MakeThing("chair"));
        session.SentOf<ThingMade>().ShouldBe([new ThingMade("chair")]);
        session.Handled.Count.ShouldBe(2);
        session.Report.DeadLettered.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_database_s_own_errors_reach_the_caller_as_they_are()
    {
        await Anna.Bus.InvokeAsync(new MakeThing("chair"));
        await Should.ThrowAsync<DbUpdateException>(Anna.Bus.InvokeAsync(new MakeThing("chair"))); // unique name
    }
}
