using Association.Platform.Data.Users;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Messaging.Operation;

/// <summary>Gives a dead letter up for good; it stays readable, with the reason and who gave it.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record DiscardDeadLetter(Guid Id, string Queue, string Reason) : ICommand;

internal static class DiscardDeadLetterHandler
{
    public static Problem? Validate(DiscardDeadLetter command, IStringLocalizer<MessagingTexts> texts) =>
        string.IsNullOrWhiteSpace(command.Reason) ? new Problem(nameof(command.Reason), texts["DeadLetter.ReasonMissing"]) : null;

    public static async Task HandleAsync(DiscardDeadLetter command, IUnitOfWork unit, CurrentUser user, IStringLocalizer<MessagingTexts> texts, CancellationToken ct)
    {
        var discarded = await unit.Connection.ExecuteAsync(new CommandDefinition(
            """
            update messaging.dead_letter set discarded_at = now(), discarded_by = @by, discard_reason = @Reason
             where id = @Id and queue = @Queue and discarded_at is null
            """, new { command.Id, command.Queue, command.Reason, by = user.Actor.Name }, unit.Transaction, cancellationToken: ct));
        if (discarded == 0) throw new ProblemsException(texts["DeadLetter.Missing"]);
    }
}
