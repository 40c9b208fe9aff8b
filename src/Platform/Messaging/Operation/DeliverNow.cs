using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Messaging.Operation;

/// <summary>Does not wait for the time of a scheduled or retried message any longer.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record DeliverNow(Guid Id, string Queue) : ICommand;

internal static class DeliverNowHandler
{
    public static async Task HandleAsync(DeliverNow command, IUnitOfWork unit, IStringLocalizer<MessagingTexts> texts, CancellationToken ct)
    {
        var moved = await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                update messaging.wolverine_incoming_envelopes set execution_time = clock_timestamp()
                 where id = @Id and received_at = messaging.address_of(@Queue) and status = 'Scheduled' and execution_time > clock_timestamp()
                """,
                command,
                unit.Transaction,
                cancellationToken: ct
            )
        );
        if (moved == 0)
            throw new ProblemsException(texts["Scheduled.Missing"]);
    }
}
