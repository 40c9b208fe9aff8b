using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Messaging.Running;

/// <summary>
/// Finds characters in the texts of a command that nobody sees: they would make two names of one, break a line of a mail's head, or stand as a box in a
/// letter. Forms and lists clean them away; what comes by another way, such as a verb, is refused.
/// </summary>
internal static class UnseenText
{
    private const int Deepest = 6;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Looked = new();

    /// <summary>The names of the properties with such a text; those of a record in it as <c>Recipient.Lines</c>.</summary>
    public static IReadOnlyList<string> In(object message)
    {
        var found = new List<string>();
        Look(message, "", 0, found);
        return found;
    }

    private static void Look(object part, string above, int depth, List<string> found)
    {
        foreach (var property in Looked.GetOrAdd(part.GetType(), Properties))
        {
            var name = above + property.Name;
            foreach (var value in Values(property.GetValue(part)))
                if (value is string text)
                {
                    if (IsUnseen(text) && !found.Contains(name))
                        found.Add(name);
                }
                else if (depth < Deepest && IsRecord(value.GetType()))
                    Look(value, name + ".", depth + 1, found);
        }
    }

    private static IEnumerable<object> Values(object? value) =>
        value switch
        {
            null => [],
            string text => [text],
            IDictionary => [], // what a person said about cells and columns of a file, which an import cleans
            byte[] or Stream => [],
            IEnumerable several => several.Cast<object?>().OfType<object>(),
            _ => [value],
        };

    // Breaks and tabs are for whoever takes the text to judge.
    private static bool IsUnseen(string text) =>
        CleanText.Lines(text) is var clean
        && !string.Equals(clean, text, StringComparison.Ordinal)
        && !string.Equals(clean, text.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private static bool IsRecord(Type type) =>
        !type.IsEnum && type.Namespace?.StartsWith("Association.", StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null;

    // What holds a value of its own, not what is computed from it.
    private static PropertyInfo[] Properties(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetMethod?.IsDefined(typeof(CompilerGeneratedAttribute)) == true && !p.IsDefined(typeof(AsTypedAttribute))),
        ];
}
