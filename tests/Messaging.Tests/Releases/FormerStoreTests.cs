using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Releases;

/// <summary>A database of the release before Wolverine, with messages of every kind in it, goes on where it was.</summary>
public sealed class FormerStoreTests() : TrialOffice(working: false)
{
    private const string First = "trial.thing-made/first-thing-made";
    private const string Second = "trial.thing-made/second-thing-made";

    [Fact]
    public async Task what_the_former_store_held_is_carried_over_once_by_whoever_starts_first()
    {
        await StepBackAsync();
        await StoreFormerlyAsync();
        await ExecuteAsync(Script("0005_wolverine"));

        var hosts = new[] { await HostAsync(Office.ConnectionString), await HostAsync(Office.ConnectionString) };
        await UntilAsync(async () => (await EffectsAsync()).Count == 3);
        var admin = Office.As(
            new Actor(new UserId(Guid.CreateVersion7()), "Verwaltung", new HashSet<string> { MessagingPermissions.Manage, MessagingPermissions.Read })
        );

        (await admin.Bus.QueryAsync(new ListScheduled())).Select(m => (m.Queue, m.Attempts, m.LastError)).ShouldBe([(First, 2, "not yet")]);
        (await admin.Bus.QueryAsync(new ListPausedQueues(TimeSpan.Zero))).Select(p => (p.Queue, p.By, p.Waiting)).ShouldBe([(Second, "Verwaltung", 1L)]);
        var letter = (await admin.Bus.QueryAsync(new ListDeadLetters())).ShouldHaveSingleItem();
        (letter.Queue, letter.UserName, letter.ExceptionText).ShouldBe((First, "Anna", "System.Exception: disk full"));
        (await admin.Bus.QueryAsync(new ListDeadLetters(new DeadLetterFilter(Discarded: true)))).Select(l => l.DiscardReason).ShouldBe(["Von Hand erledigt."]);

        await admin.Bus.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue));
        await admin.Bus.InvokeAsync(new ResumeQueue(Second));
        await UntilAsync(async () => (await EffectsAsync()).Count == 5);
        foreach (var host in hosts)
            await StopAsync(host);
        (await EffectsAsync()).Order().ShouldBe(["first:dead", "first:lamp", "first:table", "letter:Lebach 0.95", "second:waits"]);
        (await ReadAsync<long>("select count(*) from messaging.former_message")).ShouldBe([0]);
        (await ReadAsync<long>("select count(*) from messaging.handled where name = 'trial.old'")).ShouldBe([1], "what was handled stays remembered");
    }

    // The schema as the release before left it.
    private async Task StepBackAsync()
    {
        await ExecuteAsync("drop schema messaging cascade; create schema messaging");
        foreach (var script in new[] { "0001_messaging", "0002_finish", "0003_finish_page", "0004_row_lock" })
            await ExecuteAsync(Script(script));
    }

    private Task<int> StoreFormerlyAsync() =>
        ExecuteAsync(
            """
            insert into messaging.message (id, queue, name, body, due_at, attempts, last_error, correlation_id, user_name)
            select gen_random_uuid(), queue, name, body::json, now() + due, attempts, error, gen_random_uuid(), 'Anna'
              from (values (@First, 'trial.thing-made', '{"name": "lamp"}', interval '-1 hour', 0, null),
                           (@First, 'trial.thing-made', '{"name": "table"}', interval '-1 second', 1, 'once'),
                           (@First, 'trial.thing-made', '{"name": "later"}', interval '1 hour', 2, 'not yet'),
                           (@Second, 'trial.thing-made', '{"name": "waits"}', interval '-1 hour', 0, null),
                           ('trial.letter-due/letter-due', 'trial.letter-due', '{"to": "Lebach", "postage": "0.95"}', interval '0', 0, null)) as m (queue,
                             name, body, due, attempts, error);
            insert into messaging.paused_queue (queue, paused_by) values (@Second, 'Verwaltung');
            insert into messaging.dead_letter (id, queue, name, body, attempts, correlation_id, user_name, sent_at, exception_type, exception_text,
              discarded_at, discarded_by, discard_reason)
            select gen_random_uuid(), @First, 'trial.thing-made', body::json, 7, gen_random_uuid(), 'Anna', now(), 'System.Exception',
              'System.Exception: disk full', discarded, who, why
              from (values ('{"name": "dead"}', null::timestamptz, null, null),
                ('{"name": "given up"}', now(), 'Verwaltung', 'Von Hand erledigt.')) as d (body, discarded, who, why);
            insert into messaging.handled (id, queue, name, attempts, correlation_id)
              values (gen_random_uuid(), 'trial.old/old', 'trial.old', 0, gen_random_uuid())
            """,
            new { First, Second }
        );

    private static string Script(string name)
    {
        var assembly = typeof(MessagingServices).Assembly;
        using var reader = new StreamReader(
            assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith($"{name}.sql", StringComparison.Ordinal)))!
        );
        return reader.ReadToEnd();
    }
}
