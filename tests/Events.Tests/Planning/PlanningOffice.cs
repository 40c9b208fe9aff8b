using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Planning.Record;
using Association.Events.Planning.Tickets;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Planning;

/// <summary>Class fixture: an office on 01.06.2027 with this module, and those that know members and write invoices.</summary>
public sealed class PlanningOffice : IAsyncLifetime
{
    private TestOffice? _office;

    public TestOffice Office => _office!;

    public async Task InitializeAsync()
    {
        _office = await TestOffice.CreateAsync(EventsOffice.Modules);
        Office.Clock.SetToday(new DateOnly(2027, 6, 1));
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();

    /// <summary>A time in 2027.</summary>
    public static DateTime At(int month, int day, int hour, int minute = 0) => new(2027, month, day, hour, minute, 0, DateTimeKind.Unspecified);

    /// <summary>A draft of one day, from 9:00 to 17:00.</summary>
    internal async Task<EventPlan> PlannedAsync(string title = "Pflege über Grenzen", DateTime? starts = null, EventKind kind = EventKind.Congress)
    {
        var from = starts ?? At(9, 16, 9);
        return await ReadAsync(await DoAsync<int>(new PlanEvent(kind, new Words(title), from, from.AddHours(8))));
    }

    /// <summary>What is required before it is published, and then it is.</summary>
    internal async Task<EventPlan> PublishedAsync(string title, DateTime? starts = null, EventKind kind = EventKind.Congress)
    {
        var plan = await PlannedAsync(title, starts, kind);
        await DoAsync(Texts(plan) with { Summary = new Words("Ein Tag für alle.", "Une journée pour tous.") });
        await DoAsync(Times(plan) with { Venue = Hall, Version = null });
        await DoAsync(new PublishEvent(plan.Number));
        return await ReadAsync(plan.Number);
    }

    internal static Venue Hall => new("Kongresshalle", "Hafenstraße 12", "66111", "Saarbrücken", "DE", new Words("Sechs Minuten vom Bahnhof."));

    internal static SaveTexts Texts(EventPlan plan) => new(plan.Number, null, plan.Kind, plan.Series, plan.Slug, plan.Title, plan.Summary, plan.Description);

    internal static SaveTimes Times(EventPlan plan) =>
        new(plan.Number, null, plan.Starts, plan.Ends, true, plan.Venue, plan.Online, plan.OnlineLink, plan.Visibility);

    internal static Session Talk(EventPlan plan, string title, int hour, Guid? room = null, params Guid[] speakers) =>
        new(
            Guid.CreateVersion7(),
            SessionKind.Session,
            new Words(title),
            plan.Starts.Date.AddHours(hour),
            plan.Starts.Date.AddHours(hour + 1),
            room,
            [],
            speakers,
            false,
            null
        );

    internal static Ticket Ticket(string name, decimal price) =>
        new(Guid.CreateVersion7(), new Words(name), new Money(price), 19, TicketFor.Everybody, [], null, null, null);

    internal Task DoAsync(object command) => Office.As("office").Bus.InvokeAsync(command);

    internal Task<T> DoAsync<T>(object command) => Office.As("office").Bus.InvokeAsync<T>(command);

    internal async Task<EventPlan> ReadAsync(int number) => (await Office.As("office").Bus.QueryAsync(new ReadEvent(number))).ShouldNotBeNull();

    /// <summary>The fields at which it was refused.</summary>
    internal async Task<IReadOnlyList<string>> RefusedAsync(object command)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(() => DoAsync(command));
        refused.Problems.ShouldAllBe(p => p.Text.Contains(' ') && !p.Text.StartsWith("Problem."));
        return [.. refused.Problems.Select(p => p.Field)];
    }
}
