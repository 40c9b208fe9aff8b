using System.Collections;
using System.Reflection;
using Association.Platform.Messaging.Operation;

namespace Association.Architecture.Tests.Running;

/// <summary>A value of any type that a message may hold: what is optional is left out, what is needed is made up.</summary>
internal static class Sample
{
    private const int Deepest = 6;

    /// <exception cref="NotSupportedException">There is no way to make one.</exception>
    public static object? Of(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is not null || depth > Deepest)
            return null;
        if (type == typeof(string))
            return "x";
        if (type == typeof(Stream))
            return new MemoryStream();
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemory<byte>([1, 2, 3]);
        if (type == typeof(byte[]))
            return new byte[] { 1, 2, 3 };
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 11, 1);
        if (type == typeof(DateTime))
            return new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Unspecified);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
        if (type == typeof(DeadLetterSelection))
            return DeadLetterSelection.All(new DeadLetterFilter());
        if (type == typeof(Guid))
            return Guid.CreateVersion7();
        if (type.IsPrimitive || type == typeof(decimal))
            return Convert.ChangeType(type == typeof(bool) ? (object)false : 1, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (type.IsArray)
            return Array.CreateInstance(type.GetElementType()!, 0);
        if (ElementOf(type) is { } element)
            return ListOf(element, type, depth);
        if (type.IsInterface || type.IsAbstract)
            return null;
        return Made(type, depth);
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) && type.GetGenericArguments() is [var element] ? element : null;

    private static object? ListOf(Type element, Type type, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        if (Of(element, depth + 1) is { } one)
            list.Add(one);
        return type.IsInstanceOfType(list) ? list : Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(element), list);
    }

    private static object Made(Type type, int depth)
    {
        var constructor =
            type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type) // the one that copies a record
                .OrderByDescending(c => c.GetParameters().Length)
                .FirstOrDefault()
            ?? (type.IsValueType ? null : throw new NotSupportedException($"{type} has no constructor."));
        if (constructor is null)
            return Activator.CreateInstance(type)!;
        return constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select(p => p is { HasDefaultValue: true, DefaultValue: not DBNull } ? p.DefaultValue : Of(p.ParameterType, depth + 1)),
        ]);
    }
}
