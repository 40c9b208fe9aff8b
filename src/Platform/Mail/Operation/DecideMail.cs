using Association.Platform.Data.Users;
using Association.Platform.Mail.Outgoing;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Mail.Operation;

/// <summary>Has a mail sent that was refused, that nobody knows of, or that waits for its next attempt.</summary>
[Permission(MailPermissions.Decide)]
public sealed record SendMailAgain(Guid Id) : ICommand;

/// <summary>A person knows that it arrived.</summary>
[Permission(MailPermissions.Decide)]
public sealed record ConfirmMailArrived(Guid Id) : ICommand;

/// <summary>Nobody needs it any more; its text is deleted.</summary>
[Permission(MailPermissions.Decide)]
public sealed record WithdrawMail(Guid Id) : ICommand;

internal static class SendMailAgainHandler
{
    public static async Task<SendMail> HandleAsync(SendMailAgain command, MailDecision decision, CancellationToken ct)
    {
        var turn = await decision.MakeAsync(
            command.Id,
            """
            update mail.outgoing_mail set state = 'waiting', turn = turn + 1, next_attempt_at = @now, settled_at = null, settled_by = null
             where id = @id and state in ('waiting', 'refused', 'unknown') and send_until > @now returning turn
            """,
            ct
        );
        return new SendMail(command.Id, turn);
    }
}

internal static class ConfirmMailArrivedHandler
{
    public static Task HandleAsync(ConfirmMailArrived command, MailDecision decision, CancellationToken ct) =>
        decision.MakeAsync(
            command.Id,
            """
            update mail.outgoing_mail set state = 'sent', turn = turn + 1, content = null, settled_at = @now, settled_by = @by
             where id = @id and state = 'unknown' returning turn
            """,
            ct
        );
}

internal static class WithdrawMailHandler
{
    public static Task HandleAsync(WithdrawMail command, MailDecision decision, CancellationToken ct) =>
        decision.MakeAsync(
            command.Id,
            """
            update mail.outgoing_mail set state = 'withdrawn', turn = turn + 1, content = null, settled_at = @now, settled_by = @by
             where id = @id and state in ('waiting', 'refused', 'unknown', 'expired') returning turn
            """,
            ct
        );
}

/// <summary>Changes a mail's state if it is still one that may be decided about: of two who decide at once, the second is told.</summary>
internal sealed class MailDecision(IUnitOfWork unit, CurrentUser user, TimeProvider clock, IStringLocalizer<MailTexts> texts)
{
    /// <returns>The mail's turn from now on.</returns>
    /// <exception cref="ProblemsException">It is in another state by now.</exception>
    public async Task<int> MakeAsync(Guid id, string sql, CancellationToken ct) =>
        await unit.Connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                sql,
                new
                {
                    id,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        ) ?? throw new ProblemsException(texts["Problem.OtherState"]);
}
