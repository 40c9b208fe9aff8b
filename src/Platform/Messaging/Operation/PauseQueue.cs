using Association.Platform.Data.Users;
using Association.Platform.Messaging.Model;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Messaging.Operation;

/// <summary>Stops the handling of a queue on all hosts until it is resumed; running handlers finish, stored messages stay as they are.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record PauseQueue(string Queue) : ICommand;

internal static class PauseQueueHandler
{
    public static Problem? Validate(PauseQueue command, MessagingModel model, IStringLocalizer<MessagingTexts> texts) =>
        model.HandlerOfQueue(command.Queue) is { IsQueued: true } ? null : new Problem(nameof(command.Queue), texts["Queue.Unknown", command.Queue]);

    public static Task HandleAsync(PauseQueue command, IUnitOfWork unit, CurrentUser user, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into messaging.paused_queue (queue, paused_by) values (@Queue, @by) on conflict do nothing",
                new { command.Queue, by = user.Actor.Name },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

/// <summary>Goes on with a paused queue.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record ResumeQueue(string Queue) : ICommand;

internal static class ResumeQueueHandler
{
    public static async Task HandleAsync(
        ResumeQueue command,
        IUnitOfWork unit,
        MessagingModel model,
        IStringLocalizer<MessagingTexts> texts,
        CancellationToken ct
    )
    {
        var resumed = await unit.Connection.ExecuteAsync(
            new CommandDefinition("delete from messaging.paused_queue where queue = @Queue", command, unit.Transaction, cancellationToken: ct)
        );
        if (resumed == 0 && model.HandlerOfQueue(command.Queue) is null)
            throw new ProblemsException(texts["Queue.Unknown", command.Queue]);
    }
}
