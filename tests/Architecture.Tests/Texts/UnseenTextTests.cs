using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Running;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Texts;

/// <summary>Every text of every command, whichever way it comes in: page, verb, test.</summary>
public sealed class UnseenTextTests
{
    private const string Unseen = "a\u202eb\u0007";

    // Cells and columns of a file: the import cleans what it takes from them, and names a column as the file does.
    private static readonly string[] ByName = ["Cells", "Columns", "Categories"];

    [Fact]
    public void no_text_of_a_command_takes_what_nobody_can_see()
    {
        var commands = Commands().ToList();
        commands.Count.ShouldBeGreaterThan(80);
        var texts = 0;
        foreach (var command in commands)
        {
            var put = new List<string>();
            var message = Filled(command, "", put);
            UnseenText.In(message).Order().ShouldBe(put.Order(), command.Name);
            texts += put.Count;
        }
        texts.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void breaks_and_tabs_are_seen() => UnseenText.In(new Letter("a\r\nb\tc\nd", [], null)).ShouldBeEmpty();

    [Fact]
    public void texts_in_lists_and_parts_are_looked_at_and_passwords_are_not() =>
        UnseenText.In(new Letter("a", ["b", Unseen], new Part(Unseen, Unseen))).ShouldBe(["Lines", "Part.Name"]);

    private static IEnumerable<Type> Commands() =>
        House
            .Modules.Concat(House.Contracts)
            .Append(typeof(IMessageBus).Assembly)
            .Append(typeof(Platform.Mail.NewMail).Assembly)
            .SelectMany(a => a.GetTypes())
            .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(ICommand)) && !t.IsDefined(typeof(InternalOnlyAttribute)));

    // Without its constructor: a text is put into each property that holds one, however deep.
    private static object Filled(Type type, string above, List<string> put)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (FieldOf(type, property.Name) is not { } field || property.IsDefined(typeof(AsTypedAttribute)) || ByName.Contains(property.Name))
                continue;
            if (ValueOf(property.PropertyType, above + property.Name, put) is { } value)
                field.SetValue(made, value);
        }
        return made;
    }

    private static object? ValueOf(Type type, string name, List<string> put)
    {
        if (type == typeof(string))
        {
            put.Add(name);
            return Unseen;
        }
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) && type.GenericTypeArguments is [var item])
        {
            if (ValueOf(item, name, put) is not { } one)
                return null;
            var list = Array.CreateInstance(item, 1);
            list.SetValue(one, 0);
            return type.IsInstanceOfType(list) ? list : Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(item), list);
        }
        var isRecord = type is { IsClass: true, IsAbstract: false } && type.Namespace!.StartsWith("Association.", StringComparison.Ordinal);
        return isRecord && name.Count(c => c == '.') < 4 ? Filled(type, name + ".", put) : null;
    }

    private static FieldInfo? FieldOf(Type type, string property) =>
        type.GetField($"<{property}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? (type.BaseType is { } above && above != typeof(object) ? FieldOf(above, property) : null);

    private sealed record Letter(string Text, IReadOnlyList<string> Lines, Part? Part) : ICommand;

    private sealed record Part(string Name, [property: AsTyped] string Password);
}
