namespace Association.Platform.Messaging;

/// <summary>How many messages of a handler's queue one process handles at once, when that is not the default.</summary>
/// <param name="count">At least one. One keeps the order of sending within a process that is never killed; no more than that.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ParallelismAttribute(int count) : Attribute
{
    /// <summary>At least one.</summary>
    public int Count { get; } = count;
}
