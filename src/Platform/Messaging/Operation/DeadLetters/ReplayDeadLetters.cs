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

/// <summary>The same for many, those that failed first before the others, at most <see cref="Most"/> at once.</summary>
[Permission(MessagingPermissions.Manage)]
public sealed record ReplayDeadLetters(DeadLetterSelection Selection) : ICommand
{
    /// <summary>So many letters one invocation takes; a lock is held for each of their groups.</summary>
    public const int Most = 5_000;
}

/// <summary>What became of the letters.</summary>
/// <param name="Letters">So many wait in their queues again.</param>
/// <param name="WithoutHandler">So many stay, because no part of this program accepts them any more.</param>
/// <param name="More">Whether there were more than one invocation takes; invoke again.</param>
public sealed record Replayed(int Letters, int WithoutHandler, bool More);

internal static class ReplayDeadLetterHandler
{
    public static async Task HandleAsync(ReplayDeadLetter command, MessagingModel model, BusScope scope, IStringLocalizer<MessagingTexts> texts, CancellationToken ct)
    {
        var letters = await Replay.PickAsync(DeadLetterSelection.Of(new LetterKey(command.Id, command.Queue)), scope.Unit!, ct);
        if (letters is not [var letter]) throw new ProblemsException(texts["DeadLetter.Missing"]);
        if (Replay.QueuesOf(letter, model) is []) throw new ProblemsException(texts["DeadLetter.NoHandler", letter.Name]);
        await Replay.RunAsync(letters, model, scope.Unit!, ct);
    }
}

internal static class ReplayDeadLettersHandler
{
    public static async Task<Replayed> HandleAsync(ReplayDeadLetters command, MessagingModel model, BusScope scope, IStringLocalizer<MessagingTexts> texts, CancellationToken ct)
    {
        var letters = await Replay.PickAsync(command.Selection, scope.Unit!, ct);
        if (letters.Count == 0) throw new ProblemsException(texts["DeadLetters.Missing"]);
        IReadOnlyList<PickedLetter> taken = [.. letters.Take(ReplayDeadLetters.Most)];
        var replayed = await Replay.RunAsync(taken, model, scope.Unit!, ct);
        return new Replayed(replayed, taken.Count - replayed, More: letters.Count > taken.Count);
    }
}

/// <summary>A letter that is about to be replayed.</summary>
internal sealed record PickedLetter(Guid Id, string Queue, string Name, string? Group);

internal static class Replay
{
    /// <summary>Locks the letters: of two people who replay the same, the second finds none.</summary>
    public static async Task<IReadOnlyList<PickedLetter>> PickAsync(DeadLetterSelection selection, UnitOfWork unit, CancellationToken ct)
    {
        var parameters = new DynamicParameters(new { most = ReplayDeadLetters.Most + 1 });
        var where = DeadLetterSql.Where(selection, parameters);
        return (await unit.Connection.QueryAsync<PickedLetter>(new CommandDefinition(
            $"""
            select d.id as "Id", d.queue as "Queue", d.name as "Name", d.group_key as "Group" from messaging.dead_letter d
             where {where} and d.discarded_at is null order by d.failed_at, d.id limit @most for update
            """, parameters, unit.Transaction, cancellationToken: ct))).AsList();
    }

    /// <summary>Stores them again. A queue that handled the message already, or has it, does not get it once more.</summary>
    /// <returns>How many letters had a queue to go to.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<PickedLetter> letters, MessagingModel model, UnitOfWork unit, CancellationToken ct)
    {
        var ways = letters.SelectMany(letter => QueuesOf(letter, model).Select(to => (Letter: letter, To: to))).ToList();
        if (ways.Count == 0) return 0;
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction);
        var locks = ways.Where(w => w.Letter.Group is not null).Select(w => MessageWriter.LockOf(w.To, w.Letter.Group!)).Distinct().ToList();
        if (locks.Count > 0) batch.BatchCommands.Add(MessageWriter.LockGroups(locks));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            with way as (
              select * from unnest($1, $2, $3) with ordinality as w (id, queue, goes_to, position)
            ), again as (
              delete from messaging.dead_letter d using way w where d.id = w.id and d.queue = w.queue returning d.*
            )
            insert into messaging.message (id, queue, name, body, group_key, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at)
            select a.id, w.goes_to, a.name, a.body, a.group_key, a.correlation_id, a.causation_id, a.user_id, a.user_name, a.trace_parent, a.sent_at
              from way w join again a on a.id = w.id and a.queue = w.queue
             where not exists (select from messaging.handled h where h.id = a.id and h.queue = w.goes_to)
             order by w.position
            on conflict (id, queue) do nothing
            """)
        {
            Parameters =
            {
                new() { Value = ways.Select(w => w.Letter.Id).ToArray() },
                new() { Value = ways.Select(w => w.Letter.Queue).ToArray() },
                new() { Value = ways.Select(w => w.To).ToArray() },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
        unit.Wake(ways.Select(w => w.To));
        return ways.Select(w => w.Letter).Distinct().Count();
    }

    // The queue of a handler that was renamed is gone; then whoever handles the message today gets it.
    public static IReadOnlyList<string> QueuesOf(PickedLetter letter, MessagingModel model) =>
        model.HandlerOfQueue(letter.Queue) is { IsQueued: true } ? [letter.Queue]
        : [.. model.Handlers.Where(h => h.IsQueued && h.Message.StableName == letter.Name).Select(h => h.Queue)];
}
