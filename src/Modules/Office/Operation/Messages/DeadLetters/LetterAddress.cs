using Association.Platform.Messaging.Operation;
using Microsoft.AspNetCore.Http.Extensions;

namespace Association.Office.Operation.Messages.DeadLetters;

/// <summary>How a dead letter and a filter stand in an address.</summary>
internal static class LetterAddress
{
    /// <summary>A message in a queue, as the value of a box or a button.</summary>
    public static string Of(Guid id, string queue) => $"{id}~{queue}";

    /// <summary>The reverse; null for what is none.</summary>
    public static LetterKey? Read(string? value) =>
        value?.Split('~', 2) is [var id, { Length: > 0 } queue] && Guid.TryParse(id, out var guid) ? new LetterKey(guid, queue) : null;

    /// <summary>The filter of an address; what is empty filters nothing.</summary>
    public static DeadLetterFilter Filter(string? text, string? queue, string? name, string? discarded) =>
        new(NotEmpty(queue), NotEmpty(name), NotEmpty(text?.Trim()), Discarded: discarded == "1");

    /// <summary>A page with this filter.</summary>
    public static string With(string page, DeadLetterFilter filter)
    {
        var query = new QueryBuilder();
        if (filter.Queue is { } queue)
            query.Add("queue", queue);
        if (filter.Name is { } name)
            query.Add("name", name);
        if (filter.Text is { } text)
            query.Add("q", text);
        if (filter.Discarded)
            query.Add("discarded", "1");
        return page + query.ToQueryString();
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
