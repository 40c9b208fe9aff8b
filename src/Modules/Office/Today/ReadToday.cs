using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Office.Today;

/// <summary>The whole page, for the person who asks.</summary>
[Permission(TodayModule.ReadTasks)]
internal sealed record ReadToday : IQuery<TodayView>;

/// <summary>The answer.</summary>
/// <param name="Tasks">Most urgent first.</param>
/// <param name="Figures">In their order.</param>
/// <param name="Deadlines">Of the next thirty days, by day.</param>
/// <param name="Years">What is planned for the years that are worked on.</param>
internal sealed record TodayView(
    IReadOnlyList<DueTask> Tasks,
    IReadOnlyList<TodayFigure> Figures,
    IReadOnlyList<Deadline> Deadlines,
    IReadOnlyList<PlannedYear> Years
);

internal static class ReadTodayHandler
{
    private const int DaysAhead = 30;

    public static async Task<TodayView> HandleAsync(
        ReadToday _,
        TodayTasks tasks,
        IEnumerable<ITodayFigure> figures,
        IEnumerable<IDeadlines> deadlines,
        IEnumerable<IYearPlan> plans,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var due = await tasks.FindAsync(user.Actor, ct);
        var shown = new List<TodayFigure>();
        foreach (var module in figures)
            shown.AddRange(await module.ReadAsync(user.Actor, ct));
        var days = new List<Deadline>();
        var today = clock.Today();
        foreach (var module in deadlines)
            days.AddRange(await module.FindAsync(user.Actor, today, today.AddDays(DaysAhead), ct));
        var years = new List<PlannedYear>();
        foreach (var module in plans)
            years.AddRange(await module.ReadAsync(user.Actor, ct));
        return new TodayView(due, [.. shown.OrderBy(f => f.Order)], [.. days.OrderBy(d => d.Day).ThenBy(d => d.Text, StringComparer.CurrentCulture)], years);
    }
}
