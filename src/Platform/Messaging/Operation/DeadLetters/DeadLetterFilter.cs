using System.Text.Json.Serialization;
using Association.Platform.Data.Lists;
using Dapper;

namespace Association.Platform.Messaging.Operation;

/// <summary>Which dead letters are meant.</summary>
/// <param name="Queue">Of this queue only.</param>
/// <param name="Name">Only messages of this stable name.</param>
/// <param name="Text">Only those whose exception contains this, whatever its case.</param>
/// <param name="Discarded">Those that somebody gave up, instead of those that are open.</param>
/// <param name="Until">Only those that failed no later (UTC): what came after somebody looked is not meant.</param>
public sealed record DeadLetterFilter(string? Queue = null, string? Name = null, string? Text = null, bool Discarded = false, DateTime? Until = null);

/// <summary>One dead letter: a message in one queue.</summary>
public sealed record LetterKey(Guid Id, string Queue);

/// <summary>Dead letters that somebody chose: some by their keys, or all that match.</summary>
public sealed record DeadLetterSelection
{
    [JsonConstructor]
    private DeadLetterSelection(IReadOnlyList<LetterKey>? letters, DeadLetterFilter? matching) =>
        (Letters, Matching) = letters is null == matching is null ? throw new ArgumentException("Name letters, or what they match.") : (letters, matching);

    /// <summary>Null when all that match are meant.</summary>
    public IReadOnlyList<LetterKey>? Letters { get; }

    /// <summary>Null when the letters are named.</summary>
    public DeadLetterFilter? Matching { get; }

    /// <summary>These.</summary>
    public static DeadLetterSelection Of(params IReadOnlyList<LetterKey> letters) => new(letters, null);

    /// <summary>All that match.</summary>
    public static DeadLetterSelection All(DeadLetterFilter matching) => new(null, matching);
}

/// <summary>The one place that turns a choice of dead letters into SQL; the table is called <c>d</c>.</summary>
internal static class DeadLetterSql
{
    public static string Where(DeadLetterFilter filter, DynamicParameters parameters)
    {
        var conditions = new List<string> { filter.Discarded ? "d.discarded_at is not null" : "d.discarded_at is null" };
        Add(filter.Queue, "d.queue = @queue", "queue");
        Add(filter.Name, "d.name = @name", "name");
        Add(filter.Text is null ? null : $"%{SqlLike.Escape(filter.Text)}%", "d.exception_text ilike @text", "text");
        if (filter.Until is { } until)
            Add(until, "d.failed_at <= @until", "until");
        return string.Join(" and ", conditions);

        void Add(object? value, string condition, string name)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            parameters.Add(name, value);
        }
    }

    public static string Where(DeadLetterSelection selection, DynamicParameters parameters)
    {
        if (selection.Letters is not { } letters)
            return Where(selection.Matching!, parameters);
        parameters.Add("ids", letters.Select(l => l.Id).ToArray());
        parameters.Add("queues", letters.Select(l => l.Queue).ToArray());
        return "d.discarded_at is null and (d.id, d.queue) in (select * from unnest(@ids, @queues))";
    }
}
