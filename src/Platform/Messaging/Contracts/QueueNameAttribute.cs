namespace Association.Platform.Messaging;

/// <summary>
/// The stable name of a handler's queue. Without it the name is made of the message's name and the handler's class
/// (<c>membership.charges-raised/issue-invoices</c>); give it when the class is renamed, so that stored messages still find it.
/// </summary>
/// <param name="name">As stored.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class QueueNameAttribute(string name) : Attribute
{
    /// <summary>As stored.</summary>
    public string Name { get; } = name;
}
