using Association.Platform.Data.Users;
using Association.Platform.Messaging.Model;

namespace Association.Platform.Messaging.Running;

/// <summary>The one place where permissions are asked for; page, command line and API all come through here.</summary>
internal static class AccessCheck
{
    /// <exception cref="PermissionDeniedException">The actor may not; also when the message does not say who may.</exception>
    public static void Demand(MessageType message, Actor actor)
    {
        if (actor.IsSystem || (message.Anyone && !message.InternalOnly))
            return;
        if (message is { InternalOnly: false, Permission: { } permission } && actor.May(permission))
            return;
        throw new PermissionDeniedException(message.Name, message.InternalOnly ? "(internal)" : message.Permission ?? "(none declared)");
    }
}
