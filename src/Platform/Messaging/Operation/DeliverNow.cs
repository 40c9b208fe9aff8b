using Association.Platform.Messaging.Running;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Messaging.Operation;

/// <summary>Does not wait for the time of a scheduled or retried message any longer.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record DeliverNow(Guid Id, string Queue) : ICommand;

internal static class DeliverNowHandler
{
    public static async Task HandleAsync(DeliverNow command, BusScope scope, IStringLocalizer<MessagingTexts> texts, CancellationToken ct)
    {
        var unit = scope.Unit!;
        var moved = await unit.Connection.ExecuteAsync(new CommandDefinition(
            "update messaging.message set due_at = clock_timestamp() where id = @Id and queue = @Queue and due_at > clock_timestamp()", command, unit.Transaction, cancellationToken: ct));
        if (moved == 0) throw new ProblemsException(texts["Scheduled.Missing"]);
        unit.Wake([command.Queue]);
    }
}
