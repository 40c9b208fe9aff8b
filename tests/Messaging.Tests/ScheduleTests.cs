using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests;

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
    public async Task another_day_on_this_process_s_clock_does_not_move_what_is_scheduled()
    {
        Office.Clock.Advance(TimeSpan.FromDays(400));
        await Anna.Bus.ScheduleAsync(new ThingMade("soon"), Office.Clock.GetUtcNow().AddMilliseconds(100));
        await Anna.Bus.PublishAsync(new ThingMade("now"));
        await UntilAsync(async () => (await EffectsAsync()).Count == 4);
    }

    [Fact]
    public async Task times_that_nobody_can_mean_and_schedules_inside_an_order_are_refused()
    {
        await Should.ThrowAsync<InvalidOperationException>(async () => await Anna.Bus.ScheduleAsync(new ThingMade("never"), new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero)));
        await Should.ThrowAsync<InvalidOperationException>(async () => await Anna.Bus.ScheduleAsync(new StepDone("a", 1), Office.Clock.GetUtcNow().AddDays(1)));
        (await ReadAsync<long>("select count(*) from messaging.message")).ShouldBe([0]);
    }

    [Fact]
    public async Task a_paused_queue_keeps_its_messages_until_it_is_resumed()
    {
        const string Queue = "trial.thing-made/first-thing-made";
        var admin = Office.As(new Actor(new UserId(Guid.CreateVersion7()), "Verwaltung", new HashSet<string> { MessagingPermissions.Manage, MessagingPermissions.Read }));
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
