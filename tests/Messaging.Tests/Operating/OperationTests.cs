using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Association.Platform.Messaging.Storing;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Wolverine.Runtime.Serialization;
using Xunit;

namespace Association.Messaging.Tests.Operating;

/// <summary>What the administrator does with queues, dead letters and scheduled messages.</summary>
public sealed class OperationTests : TrialOffice
{
    private const string First = "trial.thing-made/first-thing-made";

    private OfficeScope Admin =>
        Office.As(new Actor(new UserId(Guid.CreateVersion7()), "Verwaltung", new HashSet<string> { MessagingPermissions.Manage, MessagingPermissions.Read }));

    [Fact]
    public async Task a_thousand_letters_that_match_a_filter_are_replayed_at_once()
    {
        await FailAsync(First, "trial.thing-made", 1_000, i => $$"""{"name": "chair {{i}}"}""", "Disk full");
        await FailAsync(First, "trial.thing-made", 3, i => $$"""{"name": "table {{i}}"}""", "Disk broken");

        var replayed = await Admin.Bus.InvokeAsync<Replayed>(
            new ReplayDeadLetters(DeadLetterSelection.All(new DeadLetterFilter(Queue: First, Text: "disk FULL")))
        );

        replayed.ShouldBe(new Replayed(1_000, 0, More: false));
        await UntilAsync(async () => (await EffectsAsync()).Count == 1_000);
        (await EffectsAsync()).Distinct().Count().ShouldBe(1_000);
        (await Admin.Bus.QueryAsync(new ListDeadLetters())).Select(l => l.ExceptionText).Distinct().ShouldBe(["Disk broken"]);
    }

    [Fact]
    public async Task two_people_who_replay_the_same_letters_deliver_each_once()
    {
        await FailAsync(First, "trial.thing-made", 200, i => $$"""{"name": "chair {{i}}"}""", "off");
        var (anna, bert) = (Admin, Admin);
        var all = new ReplayDeadLetters(DeadLetterSelection.All(new DeadLetterFilter()));

        var tries = await Task.WhenAll(Try(anna), Try(bert));

        tries.OfType<Replayed>().Sum(r => r.Letters).ShouldBe(200);
        await UntilAsync(async () => (await EffectsAsync()).Count >= 200);
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        (await EffectsAsync()).Count.ShouldBe(200);

        async Task<object> Try(OfficeScope scope)
        {
            try
            {
                return await scope.Bus.InvokeAsync<Replayed>(all);
            }
            catch (ProblemsException e)
            {
                return e; // the other one took them all
            }
        }
    }

    [Fact]
    public async Task a_letter_that_nobody_accepts_any_more_stays_and_can_be_discarded()
    {
        await FailAsync("trial.old/old", "trial.old", 1, _ => "{}", "No handler");
        await FailAsync(First, "trial.thing-made", 1, _ => """{"name": "chair"}""", "off");
        var letter = (await Admin.Bus.QueryAsync(new ListDeadLetters(new DeadLetterFilter(Name: "trial.old")))).Single();

        (await Admin.Bus.QueryAsync(new ReadDeadLetter(letter.Id)))!.CanBeReplayed.ShouldBeFalse();
        (await Should.ThrowAsync<ProblemsException>(Admin.Bus.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue)))).Message.ShouldContain("trial.old");
        (await Admin.Bus.InvokeAsync<Replayed>(new ReplayDeadLetters(DeadLetterSelection.All(new DeadLetterFilter())))).ShouldBe(
            new Replayed(1, 1, More: false)
        );
        await Admin.Bus.InvokeAsync(new DiscardDeadLetters(DeadLetterSelection.Of(new LetterKey(letter.Id, letter.Queue)), "Gibt es nicht mehr."));

        (await Admin.Bus.QueryAsync(new ReadDeadLetter(letter.Id)))!.Letter.DiscardReason.ShouldBe("Gibt es nicht mehr.");
    }

    [Fact]
    public async Task a_letter_of_a_renamed_queue_goes_to_nobody_who_handled_it_already()
    {
        await FailAsync("trial.thing-made/gone", "trial.thing-made", 1, _ => """{"name": "chair"}""", "off");
        await ExecuteAsync(
            "insert into messaging.trail (id, queue, name, correlation_id, ended_at) select id, @First, name, correlation_id, now() from messaging.dead_letter",
            new { First }
        );

        await Admin.Bus.InvokeAsync(new ReplayDeadLetters(DeadLetterSelection.All(new DeadLetterFilter())));

        await UntilAsync(async () => (await EffectsAsync()).Count > 0);
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        (await EffectsAsync()).ShouldBe(["second:chair"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task many_letters_are_discarded_with_a_reason_only_and_stay_readable(string reason)
    {
        await FailAsync(First, "trial.thing-made", 20, i => $$"""{"name": "chair {{i}}"}""", "off");
        var all = DeadLetterSelection.All(new DeadLetterFilter());

        (await Should.ThrowAsync<ProblemsException>(Admin.Bus.InvokeAsync(new DiscardDeadLetters(all, reason)))).Problems.Single().Field.ShouldBe("Reason");
        (await Admin.Bus.QueryAsync(new CountDeadLetters(all))).Single().Letters.ShouldBe(20);
        (await Admin.Bus.InvokeAsync<int>(new DiscardDeadLetters(all, "Von Hand erledigt."))).ShouldBe(20);

        (await Admin.Bus.QueryAsync(new CountDeadLetters(all))).ShouldBeEmpty();
        var kept = await Admin.Bus.QueryAsync(new ListDeadLetters(new DeadLetterFilter(Discarded: true)));
        kept.Select(l => (l.DiscardedBy, l.DiscardReason)).Distinct().ShouldBe([("Verwaltung", "Von Hand erledigt.")]);
        kept.Count.ShouldBe(20);
        await Should.ThrowAsync<ProblemsException>(
            Admin.Bus.InvokeAsync(new ReplayDeadLetters(DeadLetterSelection.Of([.. kept.Select(l => new LetterKey(l.Id, l.Queue))])))
        );
    }

    [Fact]
    public async Task what_failed_after_somebody_looked_is_not_meant_by_all_that_match()
    {
        await FailAsync(First, "trial.thing-made", 2, i => $$"""{"name": "chair {{i}}"}""", "off");
        var seen = (await Admin.Bus.QueryAsync(new CountDeadLetters(DeadLetterSelection.All(new DeadLetterFilter())))).Single();
        await FailAsync(First, "trial.thing-made", 1, _ => """{"name": "table"}""", "off");

        (
            await Admin.Bus.InvokeAsync<int>(new DiscardDeadLetters(DeadLetterSelection.All(new DeadLetterFilter(Until: seen.NewestAt)), "Von Hand erledigt."))
        ).ShouldBe(2);
    }

    [Fact]
    public async Task letters_are_read_page_by_page_and_a_search_takes_every_sign_as_it_is()
    {
        await FailAsync(First, "trial.thing-made", 25, i => $$"""{"name": "chair {{i}}"}""", @"100 % of C:\data_");
        var seen = new List<Guid>();
        DeadLetterKey? before = null;
        while (await Admin.Bus.QueryAsync(new ListDeadLetters(new DeadLetterFilter(Text: @"0 % of c:\DATA_"), before, 10)) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(l => l.Id));
            before = new DeadLetterKey(page[^1].FailedAt, page[^1].Id);
        }
        seen.Distinct().Count().ShouldBe(25);
        (await Admin.Bus.QueryAsync(new ListDeadLetters(new DeadLetterFilter(Text: "100_%")))).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_letter_shows_what_else_the_same_action_caused_and_how_that_ended()
    {
        Board.On("first", _ => throw new InvalidOperationException("bad apple"));
        await Anna.Bus.InvokeAsync(new MakeThing("chair"));
        await Anna.DrainAsync();
        var letter = (await Admin.Bus.QueryAsync(new ListDeadLetters())).Single();

        var record = (await Admin.Bus.QueryAsync(new ReadDeadLetter(letter.Id, letter.Queue)))!;

        record
            .Related.Single()
            .ShouldSatisfyAllConditions(r => r.Queue.ShouldBe("trial.thing-made/second-thing-made"), r => r.End.ShouldBe(RelatedEnd.Handled));
        record.CanBeReplayed.ShouldBeTrue();
        (await Admin.Bus.QueryAsync(new ReadDeadLetter(Guid.CreateVersion7()))).ShouldBeNull();
    }

    [Fact]
    public async Task a_scheduled_or_retried_message_can_be_delivered_now_but_only_once()
    {
        await Anna.Bus.ScheduleAsync(new SheetUsed(7), Office.Clock.GetUtcNow().AddDays(3));
        await StoreRetryAsync();

        var waiting = await Admin.Bus.QueryAsync(new ListScheduled());
        waiting.Select(m => (m.Name, m.Attempts, m.LastError)).ShouldBe([("trial.letter-due", 2, "not yet"), ("trial.sheet-used", 0, null)]);
        (await Admin.Bus.QueryAsync(new ListScheduled(After: new ScheduledKey(waiting[0].DueAt, waiting[0].Id)))).Single().Name.ShouldBe("trial.sheet-used");

        foreach (var message in waiting)
            await Admin.Bus.InvokeAsync(new DeliverNow(message.Id, message.Queue));
        await UntilAsync(async () => (await EffectsAsync()).Count == 2);
        (await EffectsAsync()).Order().ShouldBe(["letter:Wadern 0.00", "sheet:7"]);
        await Should.ThrowAsync<ProblemsException>(Admin.Bus.InvokeAsync(new DeliverNow(waiting[0].Id, waiting[0].Queue)));

        // Stored by hand: the tests' office knows no pauses between attempts.
        async Task StoreRetryAsync()
        {
            await StoreAsync("trial.letter-due/letter-due", "trial.letter-due", """{"to": "Wadern", "postage": "0.00"}""", inFuture: true);
            await ExecuteAsync("update messaging.trail set failures = 2, error_text = 'not yet' where queue = 'trial.letter-due/letter-due'");
        }
    }

    [Fact]
    public async Task a_pause_says_who_and_when_and_ends_for_a_queue_that_nobody_serves_any_more()
    {
        await Admin.Bus.InvokeAsync(new PauseQueue(First));
        await ExecuteAsync("insert into messaging.paused_queue (queue, paused_by) values ('trial.old/old', 'Verwaltung')");

        var queues = await Admin.Bus.QueryAsync(new ListQueues());
        queues.Where(q => q.Paused).Select(q => (q.Queue, q.PausedBy)).Order().ShouldBe([("trial.old/old", "Verwaltung"), (First, "Verwaltung")]);
        await ExecuteAsync("update messaging.paused_queue set paused_at = now() - interval '2 hours' where queue = 'trial.old/old'");
        var forgotten = (await Admin.Bus.QueryAsync(new ListPausedQueues(TimeSpan.FromHours(1)))).ShouldHaveSingleItem();
        (forgotten.Queue, forgotten.By, (int)forgotten.For.TotalHours, forgotten.Waiting).ShouldBe(("trial.old/old", "Verwaltung", 2, 0));
        await Admin.Bus.InvokeAsync(new ResumeQueue("trial.old/old"));
        await Should.ThrowAsync<ProblemsException>(Admin.Bus.InvokeAsync(new ResumeQueue("trial.old/old")));
        (await Admin.Bus.QueryAsync(new ListQueues())).Where(q => q.Paused).Select(q => q.Queue).ShouldBe([First]);
    }

    private Task<int> FailAsync(string queue, string name, int count, Func<int, string> body, string exception)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        string[] bodies = [.. Enumerable.Range(1, count).Select(body)];
        return ExecuteAsync(
            """
            insert into messaging.trail (id, queue, name, body, correlation_id, failures, failed_at, error_type, error_text)
            select id, @queue, @name, body::json, id, 7, now() + n * interval '1 microsecond', 'System.InvalidOperationException', @exception
              from unnest(@ids, @bodies) with ordinality as l (id, body, n);
            insert into messaging.wolverine_dead_letters (id, received_at, message_type, body, exception_type, exception_message, sent_at, replayable)
            select id, messaging.address_of(@queue), @name, body, 'System.InvalidOperationException', @exception, now(), false
              from unnest(@ids, @envelopes) as l (id, body)
            """,
            new
            {
                queue,
                name,
                exception,
                ids,
                bodies,
                envelopes = ids.Zip(bodies, (id, json) => EnvelopeSerializer.Serialize(MessageWriter.Seal(id, name, queue, json))).ToArray(),
            }
        );
    }
}
