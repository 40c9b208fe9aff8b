using Association.Platform.Messaging.Model;
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
    public static async Task HandleAsync(
        ReplayDeadLetter command,
        MessagingModel model,
        IUnitOfWork unit,
        IStringLocalizer<MessagingTexts> texts,
        CancellationToken ct
    )
    {
        var letters = await Replay.PickAsync(DeadLetterSelection.Of(new LetterKey(command.Id, command.Queue)), unit, ct);
        if (letters is not [var letter])
            throw new ProblemsException(texts["DeadLetter.Missing"]);
        if (Replay.QueuesOf(letter, model) is [])
            throw new ProblemsException(texts["DeadLetter.NoHandler", letter.Name]);
        await Replay.RunAsync(letters, model, unit, ct);
    }
}

internal static class ReplayDeadLettersHandler
{
    public static async Task<Replayed> HandleAsync(
        ReplayDeadLetters command,
        MessagingModel model,
        IUnitOfWork unit,
        IStringLocalizer<MessagingTexts> texts,
        CancellationToken ct
    )
    {
        var letters = await Replay.PickAsync(command.Selection, unit, ct);
        if (letters.Count == 0)
            throw new ProblemsException(texts["DeadLetters.Missing"]);
        IReadOnlyList<PickedLetter> taken = [.. letters.Take(ReplayDeadLetters.Most)];
        var replayed = await Replay.RunAsync(taken, model, unit, ct);
        return new Replayed(replayed, taken.Count - replayed, More: letters.Count > taken.Count);
    }
}

/// <summary>A letter that is about to be replayed.</summary>
internal sealed record PickedLetter(Guid Id, string Queue, string Name);

internal static class Replay
{
    /// <summary>Locks the letters: of two people who replay the same, the second finds none.</summary>
    public static async Task<IReadOnlyList<PickedLetter>> PickAsync(DeadLetterSelection selection, IUnitOfWork unit, CancellationToken ct)
    {
        var parameters = new DynamicParameters(new { most = ReplayDeadLetters.Most + 1 });
        var where = DeadLetterSql.Where(selection, parameters);
        return (
            await unit.Connection.QueryAsync<PickedLetter>(
                new CommandDefinition(
                    $"""
                    with picked as materialized (
                      select d.id, d.queue, d.name, d.failed_at from messaging.dead_letter d where {where} and d.discarded_at is null order by d.failed_at,
                        d.id limit @most
                    )
                    select p.id as "Id", p.queue as "Queue", p.name as "Name"
                      from messaging.wolverine_dead_letters w join picked p on p.id = w.id and messaging.address_of(p.queue) = w.received_at
                     order by p.failed_at, p.id for update of w
                    """,
                    parameters,
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
    }

    /// <summary>Stores them again. A queue that handled the message already, or has it, does not get it once more.</summary>
    /// <returns>How many letters had a queue to go to.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<PickedLetter> letters, MessagingModel model, IUnitOfWork unit, CancellationToken ct)
    {
        var ways = letters.SelectMany(letter => QueuesOf(letter, model).Select(to => (Letter: letter, To: to))).ToList();
        if (ways.Count == 0)
            return 0;
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                """
                with way as (
                  select * from unnest($1, $2, $3, $4) as w (id, queue, goes_to, name)
                ), again as (
                  delete from messaging.wolverine_dead_letters d using way w where d.id = w.id and d.received_at = messaging.address_of(w.queue)
                    returning d.id, d.received_at, d.message_type, d.body
                ), trails as (
                  -- A queue that is new to the message gets a trail of its own.
                  insert into messaging.trail (id, queue, name, body, correlation_id, causation_id, user_id, user_name, trace_parent)
                  select t.id, w.goes_to, t.name, t.body, t.correlation_id, t.causation_id, t.user_id, t.user_name, t.trace_parent
                    from way w join messaging.trail t on t.id = w.id and t.queue = w.queue
                  on conflict (id, queue) do update set starts = 0
                )
                insert into messaging.wolverine_incoming_envelopes (id, received_at, message_type, body, owner_id, status)
                select a.id, messaging.address_of(w.goes_to), coalesce(nullif(w.name, ''), a.message_type), a.body, 0, 'Incoming'
                  from way w join again a on a.id = w.id and a.received_at = messaging.address_of(w.queue)
                 where not exists (select from messaging.handled h where h.id = a.id and h.queue = w.goes_to)
                on conflict (id, received_at) do nothing
                """
            )
            {
                Parameters =
                {
                    new() { Value = ways.Select(w => w.Letter.Id).ToArray() },
                    new() { Value = ways.Select(w => w.Letter.Queue).ToArray() },
                    new() { Value = ways.Select(w => w.To).ToArray() },
                    new() { Value = ways.Select(w => w.Letter.Name).ToArray() },
                },
            }
        );
        await batch.ExecuteNonQueryAsync(ct);
        return ways.Select(w => w.Letter).Distinct().Count();
    }

    // The queue of a handler that was renamed is gone; then whoever handles the message today gets it.
    public static IReadOnlyList<string> QueuesOf(PickedLetter letter, MessagingModel model) =>
        model.HandlerOfQueue(letter.Queue) is { IsQueued: true }
            ? [letter.Queue]
            : [.. model.Handlers.Where(h => h.IsQueued && h.Message.StableName == letter.Name).Select(h => h.Queue)];
}
