using System.Collections;
using System.Runtime.CompilerServices;

namespace Association.Platform.Messaging.Running;

/// <summary>Takes apart what a handler returned: the caller's response, and messages that go on.</summary>
internal static class Cascade
{
    /// <summary>Every message in an answer: itself, the items of a tuple or of a sequence; null is none.</summary>
    public static IEnumerable<object> Messages(object? answer) =>
        answer switch
        {
            null => [],
            ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Messages(tuple[i])),
            string => [], // an answer that nobody asked for; it is a sequence, but not of messages
            IEnumerable many => many.Cast<object?>().SelectMany(Messages),
            _ => [answer],
        };

    /// <summary>Splits off the response of type <typeparamref name="T"/>; the rest cascades.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static (T Response, object? Others) Split<T>(object? answer)
    {
        switch (answer)
        {
            case T whole:
                return (whole, null);
            case ITuple tuple:
                var parts = Enumerable.Range(0, tuple.Length).Select(i => tuple[i]).ToList();
                var position = parts.FindIndex(p => p is T);
                if (position < 0)
                    break;
                var response = (T)parts[position]!;
                parts.RemoveAt(position);
                return (response, parts);
            case null when default(T) is null:
                return (default!, null);
        }
        throw new InvalidOperationException($"The handler answered {answer?.GetType().Name ?? "nothing"}, but {typeof(T).Name} was asked for.");
    }
}
