using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Today;

/// <summary>Puts a task off, for everybody: it is back on that day.</summary>
/// <param name="Task">Its address.</param>
/// <param name="Until">At most ninety days ahead.</param>
/// <param name="Reason">What the office waits for; shown beside it.</param>
[Permission(TodayModule.ArrangeTasks)]
internal sealed record PutOffTask(string Task, DateOnly Until, string Reason) : ICommand;

/// <summary>Brings a task back that was put off.</summary>
[Permission(TodayModule.ArrangeTasks)]
internal sealed record TakeUpTask(string Task) : ICommand;

internal static class PutOffTaskHandler
{
    private const int LongestDays = 90;
    private const int LongestReason = 300;

    public static async Task<DueTask?> LoadAsync(PutOffTask command, TodayTasks tasks, CurrentUser user, CancellationToken ct) =>
        (await tasks.FindAsync(user.Actor, ct)).FirstOrDefault(t => t.Row.Href == command.Task);

    public static IEnumerable<Problem> Validate(PutOffTask command, DueTask? task, TimeProvider clock, IStringLocalizer<TodayTexts> texts)
    {
        var today = clock.Today();
        if (task is null)
            yield return new("", texts["Problem.TaskGone"]);
        if (command.Until <= today || command.Until > today.AddDays(LongestDays))
            yield return new(nameof(command.Until), texts["Problem.PutOffDay", new Count(LongestDays)]);
        else if (task?.Row.Due is { } due && due >= today && command.Until > due)
            yield return new(nameof(command.Until), texts["Problem.PutOffBeyondDue", Formats.Of(due)]);
        if (command.Reason.Trim() is not { Length: > 0 } reason)
            yield return new(nameof(command.Reason), texts["Problem.ReasonMissing"]);
        else if (reason.Length > LongestReason)
            yield return new(nameof(command.Reason), texts["Problem.ReasonTooLong", reason.Length, LongestReason]);
    }

    public static Task HandleAsync(PutOffTask command, DueTask task, IUnitOfWork unit, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into today.arrangement (task, put_off_until, put_off_reason, changed_by_name, changed_at) values (@Task, @Until, @reason, @by, @now)
                on conflict (task) do update set put_off_until = @Until, put_off_reason = @reason, changed_by_name = @by, changed_at = @now
                """,
                new
                {
                    command.Task,
                    command.Until,
                    reason = command.Reason.Trim(),
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

internal static class TakeUpTaskHandler
{
    public static Task HandleAsync(TakeUpTask command, IUnitOfWork unit, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "update today.arrangement set put_off_until = null, put_off_reason = null, changed_by_name = @by, changed_at = @now where task = @Task and put_off_until is not null",
                new
                {
                    command.Task,
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
