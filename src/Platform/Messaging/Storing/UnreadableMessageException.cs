namespace Association.Platform.Messaging.Storing;

/// <summary>A stored message that this release cannot make sense of; trying again would not help.</summary>
internal sealed class UnreadableMessageException(string message, Exception? cause = null) : Exception(message, cause);
