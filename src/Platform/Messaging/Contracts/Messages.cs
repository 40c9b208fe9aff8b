using Wolverine.Attributes;

namespace Association.Platform.Messaging;

/// <summary>Something a person or a job asks for. Exactly one handler; declares its permission with <see cref="PermissionAttribute"/>.</summary>
public interface ICommand;

/// <summary>A question. Exactly one handler, which changes nothing; declares its permission like a command.</summary>
/// <typeparam name="TAnswer">What <see cref="IMessageBus.InvokeAsync{T}"/> returns.</typeparam>
public interface IQuery<out TAnswer>;

/// <summary>
/// Who may invoke this command or query. Without it nobody may: the bus refuses, whether a page, the command line or the API asks.
/// </summary>
/// <param name="name">A permission that the module declares, such as <c>membership.members.edit</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PermissionAttribute(string name) : Attribute
{
    /// <summary>The permission's name.</summary>
    public string Name { get; } = name;
}

/// <summary>This command reads all as of one moment: what others commit while it works, it does not see. It is invoked, never stored and handled later.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OneMomentAttribute : Attribute;

/// <summary>This command or query may be invoked without signing in.</summary>
/// <param name="why">The reason, for the table of permissions.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class AnyoneMayAttribute(string why) : Attribute
{
    /// <summary>The reason.</summary>
    public string Why { get; } = why;
}

/// <summary>This command is sent by the product only (a chunk of long work): no person may invoke it, whatever the role.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class InternalOnlyAttribute : Attribute;

/// <summary>A text of a command that is taken as it was typed, also characters that nobody sees: a password.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class AsTypedAttribute : Attribute;

/// <summary>The message's stable name in storage, independent of its .NET type: a renamed class strands no stored message.</summary>
/// <param name="name">Module, dot, what happened: <c>membership.charges-raised</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class MessageNameAttribute(string name) : MessageIdentityAttribute(name)
{
    /// <summary>The stable name.</summary>
    public string Name { get; } = name;
}
