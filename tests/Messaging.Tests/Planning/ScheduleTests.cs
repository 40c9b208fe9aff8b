using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Planning;

public sealed class ScheduleTests : TrialOffice
{
    [Fact]
    public async Task a_scheduled_message_waits_for_its_time_and_no_drain_waits_for_it()
    {
        await Anna.Bus.ScheduleAsync(new ThingMade("later"), Office.Clock.GetUtcNow().AddHours(1));
        await Anna.Bus.ScheduleAsync(new ThingMade("soon"), Office.Clock.GetUtcNow().AddMilliseconds(300));
        await Anna.Bus.ScheduleAsync(new ThingMade("past"), Office.Clock.GetUtcNow().AddYears(-1));
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();
        await UntilAsync(async () => (await EffectsAsync()).Count == 4);
        (await EffectsAsync()).Select(e => e.Split(':')[1]).Order().ShouldBe(["past", "past", "soon", "soon"]);
        (await Anna.DrainAsync()).Scheduled.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ten_thousand_that_are_due_at_once_are_shared_by_two_hosts()
    {
        const int Many = 10_000;
        var due = Office.Clock.GetUtcNow().AddSeconds(2);
        await Anna.Bus.InvokeAsync(new ScheduleSheets(Many, due));
        var other = await HostAsync(Office.ConnectionString);
        await UntilAsync(async () => await ReadAsync<long>("select count(*) from trial.effect") is [>= Many]);
        await StopAsync(other);
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty();
        (await ReadAsync<int>("select subject::int from trial.effect order by 1")).ShouldBe(Enumerable.Range(0, Many));
        (await ReadAsync<bool>("select min(written_at) >= @due from trial.effect", new { due }))[0].ShouldBeTrue();
    }

    [Fact]
    public async Task a_paused_queue_keeps_its_messages_until_it_is_resumed()
    {
        const string Queue = "trial.thing-made/first-thing-made";
        var admin = Office.As(
            new Actor(new UserId(Guid.CreateVersion7()), "Verwaltung", new HashSet<string> { MessagingPermissions.Manage, MessagingPermissions.Read })
        );
        await admin.Bus.InvokeAsync(new PauseQueue(Queue));
        await Anna.Bus.SendAsync(new ThingMade("chair"));
        (await Anna.DrainAsync()).Scheduled.Count.ShouldBe(1);
        (await EffectsAsync()).ShouldBe(["second:chair"]);
        var state = (await admin.Bus.QueryAsync(new ListQueues())).Single(q => q.Queue == Queue);
        (state.Paused, state.Waiting, state.DeadLetters).ShouldBe((true, 1, 0));
        await admin.Bus.InvokeAsync(new ResumeQueue(Queue));
        (await Anna.DrainAsync()).Scheduled.ShouldBeEmpty();
        await Should.ThrowAsync<ProblemsException>(admin.Bus.InvokeAsync(new PauseQueue("no such queue")));
    }
}
