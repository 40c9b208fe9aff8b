using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Association.Platform.Messaging.Running;

/// <summary>What a command holds, in lists and in records within it.</summary>
internal static class CommandValues
{
    private const int Deepest = 6;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Looked = new();

    /// <summary>Each value with the name of its property; that of a record in it as <c>Recipient.Lines</c>.</summary>
    public static IEnumerable<(string Name, object Value)> Of(object message) => Of(message, "", 0);

    private static IEnumerable<(string, object)> Of(object part, string above, int depth)
    {
        foreach (var property in Looked.GetOrAdd(part.GetType(), Properties))
        foreach (var value in Values(property.GetValue(part)))
            if (!IsRecord(value.GetType()))
                yield return (above + property.Name, value);
            else if (depth < Deepest)
                foreach (var inner in Of(value, above + property.Name + ".", depth + 1))
                    yield return inner;
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

    private static bool IsRecord(Type type) =>
        !type.IsEnum && type.Namespace?.StartsWith("Association.", StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null;

    // What holds a value of its own, not what is computed from it.
    private static PropertyInfo[] Properties(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetMethod?.IsDefined(typeof(CompilerGeneratedAttribute)) == true && !p.IsDefined(typeof(AsTypedAttribute))),
        ];
}
