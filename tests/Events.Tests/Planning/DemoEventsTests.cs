using Association.Events.Planning.Demo;
using Association.Events.Planning.Lists;
using Association.Events.Planning.Model;
using Association.Events.Planning.Record;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Planning;

/// <summary>The invented events are such as the office could have planned them.</summary>
public sealed class DemoEventsTests
{
    [Theory]
    [InlineData(2026, 11, 23)]
    [InlineData(2027, 6, 30)]
    [InlineData(2028, 2, 29)]
    public void each_holds_to_the_rules_on_whatever_day_the_demo_begins(int year, int month, int day)
    {
        var now = new DateTimeOffset(year, month, day, 11, 0, 0, TimeSpan.Zero);
        var plans = DemoPlans.All(new DateOnly(year, month, day), now).ToList();

        plans.Select(p => p.Slug).ShouldBeUnique();
        plans.ShouldAllBe(p => Slugs.IsSlug(p.Slug) && p.Starts.DayOfWeek == DayOfWeek.Thursday);
        plans.SelectMany(Clashes.Of).ShouldBeEmpty();
        plans.Where(p => !p.IsOver(now) && p.Stage == EventStage.Published).SelectMany(p => PlanChecks.Of(p, now)).ShouldAllBe(c => !c.Blocks);
        plans.Count(p => p.IsOver(now)).ShouldBe(1);
        foreach (var plan in plans)
            plan.Sessions.ShouldAllBe(s => s.Starts >= plan.Starts && s.Ends <= plan.Ends && s.Ends > s.Starts);
    }

    [Fact]
    public async Task they_are_stored_once_and_their_history_says_that_they_are_invented()
    {
        await using var office = await TestOffice.CreateAsync(EventsOffice.Modules);
        office.Clock.SetToday(new DateOnly(2026, 11, 23));
        var demo = office.As(Actor.System).Services.GetServices<IDemoData>().OfType<DemoEvents>().ShouldHaveSingleItem();

        (await demo.SeedAsync(CancellationToken.None)).ShouldBe("5 Veranstaltungen");
        (await demo.SeedAsync(CancellationToken.None)).ShouldBeNull();

        var bus = office.As("office").Bus;
        var list = await bus.QueryAsync(new ListEvents());
        list.Stages.ShouldBe(
            new Dictionary<ShownStage, int>
            {
                [ShownStage.Draft] = 1,
                [ShownStage.Published] = 3,
                [ShownStage.Over] = 1,
            },
            ignoreOrder: true
        );
        // As the office would edit one: its version is that of a document just stored.
        var plan = (await bus.QueryAsync(new ReadEvent(list.Page.Rows[0].Number)))!;
        await bus.InvokeAsync(PlanningOffice.Texts(plan) with { Version = (uint)plan.Version });
        await using var connection = await office.Database.OpenConnectionAsync();
        (
            await connection.QueryAsync<string>(
                "select distinct user_name from platform.audit_entry where table_name = 'events.mt_doc_eventplan' and operation = 'insert'"
            )
        ).ShouldBe(["Demodaten"]);
    }
}
