using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Today;

/// <summary>Says who takes a task; null for nobody.</summary>
/// <param name="Task">Its address.</param>
/// <param name="Person">Who may sign in.</param>
[Permission(TodayModule.ArrangeTasks)]
internal sealed record AssignTask(string Task, Guid? Person) : ICommand;

internal static class AssignTaskHandler
{
    public static async Task<(DueTask?, Colleague?)> LoadAsync(AssignTask command, TodayTasks tasks, IMessageBus bus, CurrentUser user, CancellationToken ct) =>
        (
            (await tasks.FindAsync(user.Actor, ct)).FirstOrDefault(t => t.Row.Href == command.Task),
            (await bus.QueryAsync(new ListColleagues(), ct)).FirstOrDefault(c => c.Id == command.Person)
        );

    public static IEnumerable<Problem> Validate(AssignTask command, DueTask? task, Colleague? person, IStringLocalizer<TodayTexts> texts)
    {
        if (task is null)
            yield return new("", texts["Problem.TaskGone"]);
        if (command.Person is not null && person is null)
            yield return new(nameof(command.Person), texts["Problem.PersonGone"]);
    }

    public static Task HandleAsync(
        AssignTask command,
        DueTask task,
        Colleague? person,
        IUnitOfWork unit,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into today.arrangement (task, assigned_to, assigned_name, changed_by_name, changed_at) values (@Task, @Person, @name, @by, @now)
                on conflict (task) do update set assigned_to = @Person, assigned_name = @name, changed_by_name = @by, changed_at = @now
                """,
                new
                {
                    command.Task,
                    command.Person,
                    name = person?.Name,
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
