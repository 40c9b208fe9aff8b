namespace Association.Platform.Messaging;

/// <summary>
/// What a handler does, in words for the office: „Rechnungen zu einem Beitragslauf ausstellen“. Stands on the pages about messages; without it
/// the message's stable name stands there.
/// </summary>
/// <param name="texts">The module's text marker class, for <c>IStringLocalizer</c>.</param>
/// <param name="key">The text: a verb phrase without its subject.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PlainWordsAttribute(Type texts, string key) : Attribute
{
    /// <summary>The module's text marker class.</summary>
    public Type Texts { get; } = texts;

    /// <summary>The key of the text.</summary>
    public string Key { get; } = key;
}
