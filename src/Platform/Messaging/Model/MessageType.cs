using System.Reflection;
using System.Text;

namespace Association.Platform.Messaging.Model;

/// <summary>What a message is to the bus.</summary>
public enum MessageKind
{
    /// <summary>Something happened; any number of handlers.</summary>
    Event,

    /// <summary>Something is asked for; one handler.</summary>
    Command,

    /// <summary>A question; one handler, which changes nothing.</summary>
    Query,
}

/// <summary>A message type with what its attributes say.</summary>
internal sealed class MessageType
{
    private MessageType(Type type)
    {
        Type = type;
        Kind =
            type.IsAssignableTo(typeof(ICommand)) ? MessageKind.Command
            : type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)) ? MessageKind.Query
            : MessageKind.Event;
        StableName = type.GetCustomAttribute<MessageNameAttribute>(inherit: false)?.Name;
        Permission = type.GetCustomAttribute<PermissionAttribute>(inherit: false)?.Name;
        Anyone = type.GetCustomAttribute<AnyoneMayAttribute>(inherit: false) is not null;
        InternalOnly = type.GetCustomAttribute<InternalOnlyAttribute>(inherit: false) is not null;
    }

    public Type Type { get; }

    public MessageKind Kind { get; }

    /// <summary>From <see cref="MessageNameAttribute"/>; without it the message cannot be stored.</summary>
    public string? StableName { get; }

    /// <summary>For queue names, logs and traces.</summary>
    public string Name => StableName ?? $"{ModuleOf(Type)}.{Kebab(Type.Name)}";

    public string? Permission { get; }

    public bool Anyone { get; }

    public bool InternalOnly { get; }

    public static MessageType Of(Type type) => new(type);

    private static string ModuleOf(Type type)
    {
        var assembly = type.Assembly.GetName().Name!.Replace("Association.", "", StringComparison.Ordinal).Replace(".Contracts", "", StringComparison.Ordinal);
        return assembly.Replace('.', '-').ToLowerInvariant();
    }

    /// <summary><c>ChargesRaised</c> becomes <c>charges-raised</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
