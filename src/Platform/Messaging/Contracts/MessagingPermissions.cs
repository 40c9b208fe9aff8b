namespace Association.Platform.Messaging;

/// <summary>Permissions of the bus's own commands and queries; the host gives them to the administrator.</summary>
public static class MessagingPermissions
{
    /// <summary>Replay and discard dead letters, pause and resume queues.</summary>
    public const string Manage = "messaging.dead-letters.manage";

    /// <summary>See queues and dead letters.</summary>
    public const string Read = "messaging.dead-letters.read";
}
