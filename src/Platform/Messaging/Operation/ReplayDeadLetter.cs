using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storage;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Platform.Messaging.Operation;

/// <summary>Puts a dead letter back into its queue, with all attempts before it; in the name of the person who first caused it.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record ReplayDeadLetter(Guid Id, string Queue) : ICommand;

internal static class ReplayDeadLetterHandler
{
    public static Task<string?> LoadAsync(ReplayDeadLetter command, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select name from messaging.dead_letter where id = @Id and queue = @Queue and discarded_at is null for update", command, unit.Transaction, cancellationToken: ct));

    public static Problem? Validate(ReplayDeadLetter command, string? name, MessagingModel model, IStringLocalizer<MessagingTexts> texts) =>
        name is null ? new Problem("", texts["DeadLetter.Missing"])
        : Queues(command, name, model) is [] ? new Problem("", texts["DeadLetter.NoHandler", name])
        : null;

    public static async Task HandleAsync(ReplayDeadLetter command, string? name, MessagingModel model, BusScope scope, CancellationToken ct)
    {
        var unit = scope.Unit!;
        var queues = Queues(command, name!, model);
        var group = await unit.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select group_key from messaging.dead_letter where id = @Id and queue = @Queue", command, unit.Transaction, cancellationToken: ct));
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction);
        if (group is not null) batch.BatchCommands.Add(MessageWriter.LockGroups(queues.Select(q => MessageWriter.LockOf(q, group))));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            with again as (delete from messaging.dead_letter where id = $1 and queue = $2 returning *)
            insert into messaging.message (id, queue, name, body, group_key, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at)
            select again.id, q, name, body, group_key, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at
              from again cross join unnest($3) as q
            on conflict (id, queue) do nothing
            """)
        {
            Parameters = { new() { Value = command.Id }, new() { Value = command.Queue }, new() { Value = queues } },
        });
        await batch.ExecuteNonQueryAsync(ct);
        unit.Wake(queues);
    }

    // The queue of a handler that was renamed is gone; then whoever handles the message today gets it.
    private static string[] Queues(ReplayDeadLetter command, string name, MessagingModel model) =>
        model.HandlerOfQueue(command.Queue) is { IsQueued: true } ? [command.Queue]
        : [.. model.Handlers.Where(h => h.IsQueued && h.Message.StableName == name).Select(h => h.Queue)];
}
