using Association.Platform.Data.Users;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Messaging.Operation;

/// <summary>Gives a dead letter up for good; it stays readable, with the reason and who gave it.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record DiscardDeadLetter(Guid Id, string Queue, string Reason) : ICommand;

/// <summary>The same for many, with one reason.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record DiscardDeadLetters(DeadLetterSelection Selection, string Reason) : ICommand;

internal static class DiscardDeadLetterHandler
{
    public static Problem? Validate(DiscardDeadLetter command, IStringLocalizer<MessagingTexts> texts) => Discarding.Check(command.Reason, texts);

    public static async Task HandleAsync(
        DiscardDeadLetter command,
        IUnitOfWork unit,
        CurrentUser user,
        IStringLocalizer<MessagingTexts> texts,
        CancellationToken ct
    )
    {
        var discarded = await Discarding.RunAsync(DeadLetterSelection.Of(new LetterKey(command.Id, command.Queue)), command.Reason, unit, user, ct);
        if (discarded == 0)
            throw new ProblemsException(texts["DeadLetter.Missing"]);
    }
}

internal static class DiscardDeadLettersHandler
{
    public static Problem? Validate(DiscardDeadLetters command, IStringLocalizer<MessagingTexts> texts) => Discarding.Check(command.Reason, texts);

    public static async Task<int> HandleAsync(
        DiscardDeadLetters command,
        IUnitOfWork unit,
        CurrentUser user,
        IStringLocalizer<MessagingTexts> texts,
        CancellationToken ct
    )
    {
        var discarded = await Discarding.RunAsync(command.Selection, command.Reason, unit, user, ct);
        return discarded > 0 ? discarded : throw new ProblemsException(texts["DeadLetters.Missing"]);
    }
}

internal static class Discarding
{
    private const int LongestReason = 500;

    public static Problem? Check(string reason, IStringLocalizer<MessagingTexts> texts) =>
        string.IsNullOrWhiteSpace(reason) ? new Problem("Reason", texts["DeadLetter.ReasonMissing"])
        : reason.Length > LongestReason ? new Problem("Reason", texts["DeadLetter.ReasonLong", LongestReason])
        : null;

    public static Task<int> RunAsync(DeadLetterSelection selection, string reason, IUnitOfWork unit, CurrentUser user, CancellationToken ct)
    {
        var parameters = new DynamicParameters(new { by = user.Actor.Name, reason });
        var where = DeadLetterSql.Where(selection, parameters);
        return unit.Connection.ExecuteAsync(
            new CommandDefinition(
                $"""
                with chosen as materialized (
                  select d.* from messaging.dead_letter d where {where}
                ), gone as (
                  delete from messaging.wolverine_dead_letters w using chosen c where w.id = c.id and w.received_at = messaging.address_of(c.queue)
                    returning c.*
                )
                insert into messaging.trail (id, queue, name, correlation_id, sent_at, failed_at, error_type, error_text, ended_at, discarded_by,
                  discard_reason)
                select id, queue, name, coalesce(correlation_id, id), coalesce(sent_at, failed_at), failed_at, exception_type, exception_text, now(), @by,
                  @reason from gone
                on conflict (id, queue) do update set ended_at = now(), discarded_by = @by, discard_reason = @reason
                """,
                parameters,
                unit.Transaction,
                cancellationToken: ct
            )
        );
    }
}
