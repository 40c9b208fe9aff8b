using Association.Office.Today.Counting;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Today;

/// <summary>What the modules say is due for a person, and what the office agreed about it.</summary>
internal sealed class TodayTasks(IEnumerable<ITodayTask> tasks, OfficeDatabase database, OpenTasks counts, TimeProvider clock)
{
    // A task that comes back next year is a new one, whoever had it this year.
    private static readonly TimeSpan AgreementHolds = TimeSpan.FromDays(120);

    /// <summary>All of them, most urgent first, those that are put off included.</summary>
    public async Task<IReadOnlyList<DueTask>> FindAsync(Actor actor, CancellationToken ct)
    {
        var (begun, today) = (clock.GetUtcNow(), clock.Today());
        var rows = new List<TodayRow>();
        foreach (var task in tasks)
            rows.AddRange(await task.FindAsync(actor, ct));
        var agreed = await AgreedAsync([.. rows.Select(r => r.Href).Distinct()], ct);
        DueTask[] due =
        [
            .. rows.Select(row => new DueTask(row, agreed.GetValueOrDefault(row.Href), today))
                .OrderBy(t => t.When)
                .ThenBy(t => t.Row.Due ?? DateOnly.MaxValue)
                .ThenBy(t => t.Row.Urgency),
        ];
        await counts.KeepAsync(actor, due.Count(t => t.IsOpen), begun, ct);
        return due;
    }

    private async Task<Dictionary<string, Arrangement>> AgreedAsync(string[] hrefs, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await connection.QueryAsync<Arrangement>(
            new CommandDefinition(
                """
                select task, assigned_to as AssignedTo, assigned_name as AssignedName, put_off_until as PutOffUntil, put_off_reason as PutOffReason,
                  changed_by_name as ChangedByName
                  from today.arrangement where task = any(@hrefs) and changed_at > @since
                """,
                new { hrefs, since = clock.GetUtcNow() - AgreementHolds },
                cancellationToken: ct
            )
        );
        return found.ToDictionary(a => a.Task, StringComparer.Ordinal);
    }
}

/// <summary>What the office agreed about a task.</summary>
/// <param name="Task">The address at which it is done.</param>
/// <param name="AssignedTo">Who takes it; null when nobody does.</param>
/// <param name="AssignedName">The same, by name.</param>
/// <param name="PutOffUntil">The day on which it is back; null when it was not put off.</param>
/// <param name="PutOffReason">Why.</param>
/// <param name="ChangedByName">Who agreed it last.</param>
internal sealed record Arrangement(string Task, Guid? AssignedTo, string? AssignedName, DateOnly? PutOffUntil, string? PutOffReason, string ChangedByName);

/// <summary>When a task is due, in the order of the page.</summary>
internal enum TaskTime
{
    Overdue,
    Today,
    ThisWeek,
    Later,
    PutOff,
}

/// <summary>A task as it stands today.</summary>
/// <param name="Row">What its module says.</param>
/// <param name="Agreed">What the office agreed about it; null when nothing.</param>
/// <param name="Today">The business date.</param>
internal sealed record DueTask(TodayRow Row, Arrangement? Agreed, DateOnly Today)
{
    private const int DaysOfAWeek = 7;

    /// <summary>Where it stands.</summary>
    public TaskTime When =>
        Agreed?.PutOffUntil > Today ? TaskTime.PutOff
        : Row.Due < Today ? TaskTime.Overdue
        : Row.Urgency == Urgency.Now || Row.Due == Today ? TaskTime.Today
        : Row.Urgency == Urgency.Soon && !(Row.Due > Today.AddDays(DaysOfAWeek)) ? TaskTime.ThisWeek
        : TaskTime.Later;

    /// <summary>Whether it is to be done, and not put off.</summary>
    public bool IsOpen => When != TaskTime.PutOff;

    /// <summary>Whether this person takes it.</summary>
    public bool IsOf(Actor actor) => Agreed?.AssignedTo is { } id && id == actor.Id?.Value;
}
