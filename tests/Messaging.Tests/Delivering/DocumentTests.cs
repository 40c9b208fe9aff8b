using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Delivering;

/// <summary>Documents, events, rows and messages of one handler commit together, whoever writes them.</summary>
public sealed class DocumentTests : TrialOffice
{
    [Fact]
    public async Task what_a_handler_leaves_in_documents_streams_tables_and_messages_is_committed_together()
    {
        await Anna.Bus.PublishAsync(new SlipFiled(1, 0));
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();

        (await Anna.Bus.QueryAsync(new ReadFolder(1)))!.Slips.ShouldBe(1);
        (await ReadAsync<string>("select (data ->> 'number') || ' ' || (data ->> 'price') from trial.mt_doc_slipcopy")).ShouldBe(["0 1.20"]);
        (await EffectsAsync()).ShouldBe(["row:0", "sheet:-1"]);
        (
            await ReadAsync<bool>(
                """
                select count(distinct written) = 1 from (
                  select xmin::text as written from trial.mt_events union select xmin::text from trial.mt_streams union select xmin::text
                    from trial.mt_doc_folder
                  union select xmin::text from trial.mt_doc_slipcopy union select xmin::text from trial.effect where queue = 'row'
                  union select xmin::text from messaging.trail where name = 'trial.slip-filed') as writers
                """
            )
        ).ShouldBe([true], "one transaction wrote them and ended the message's trail");
    }

    [Fact]
    public async Task a_handler_that_fails_after_it_saved_leaves_nothing_and_its_next_attempt_all()
    {
        var failed = false;
        Board.On(
            "slip",
            _ =>
            {
                if (failed)
                    return;
                failed = true;
                throw new TimeoutException("once");
            }
        );
        await Anna.Bus.PublishAsync(new SlipFiled(1, 7));
        (await Anna.DrainAsync()).Handled.ShouldHaveSingleItem().Attempts.ShouldBe(1);
        (await Anna.Bus.QueryAsync(new ReadFolder(1)))!.Slips.ShouldBe(1);
        (await ReadAsync<long>("select count(*) from trial.mt_doc_slipcopy")).ShouldBe([1]);
        (await EffectsAsync()).ShouldBe(["row:7"]);
    }

    [Fact]
    public async Task an_event_that_rests_on_an_old_version_is_refused_and_nothing_is_written()
    {
        await Anna.Bus.InvokeAsync(new FileSlip(2, 1, Seen: 0));
        await Should.ThrowAsync<ConcurrentEditException>(Anna.Bus.InvokeAsync(new FileSlip(2, 2, Seen: 0)));
        await Anna.DrainAsync();
        (await Anna.Bus.QueryAsync(new ReadFolder(2)))!.Slips.ShouldBe(1);
        (await EffectsAsync()).ShouldBe(["sheet:1"]);
    }

    [Fact]
    public async Task of_two_at_the_same_moment_one_is_refused()
    {
        using var both = new Barrier(2);
        Board.On("file", (_, ct) => Task.Run(() => both.SignalAndWait(TimeSpan.FromSeconds(30)), ct));
        var other = Office.As("office2");
        var ends = await Task.WhenAll(
            new[] { (Anna, 1), (other, 2) }.Select(async o =>
            {
                try
                {
                    await o.Item1.Bus.InvokeAsync(new FileSlip(3, o.Item2, Seen: 0));
                    return true;
                }
                catch (ConcurrentEditException)
                {
                    return false;
                }
            })
        );
        ends.Count(accepted => accepted).ShouldBe(1);
        (await ReadAsync<string>("select stream_id || ' ' || version || ' ' || data from trial.mt_events where type <> 'tombstone'")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task an_event_says_who_acted_and_what_caused_it()
    {
        await Anna.Bus.PublishAsync(new SlipFiled(1, 3));
        await Anna.DrainAsync();
        var message = (await ReadAsync<Guid>("select id from messaging.trail")).ShouldHaveSingleItem();
        (await ReadAsync<string>("select causation_id from trial.mt_events")).ShouldBe([message.ToString()]);
        (await ReadAsync<string>("select correlation_id from trial.mt_events")).ShouldBe([Anna.Bus.CorrelationId.ToString()]);
        (await ReadAsync<string>("select user_name from trial.mt_events")).ShouldBe([Anna.Actor.Id!.Value.Value.ToString()]);
    }

    [Fact]
    public Task the_tables_of_our_migrations_are_those_that_marten_would_make() =>
        Office.Database.ShouldHoldTheDocumentsOfAsync("trial", TrialDocuments.Configure);
}
