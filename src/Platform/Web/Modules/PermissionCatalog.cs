using Association.Platform.Mail;
using Association.Platform.Messaging;

namespace Association.Platform.Web.Modules;

/// <summary>Every permission that the installed modules declare, and which roles hold them from the start.</summary>
public sealed class PermissionCatalog(IEnumerable<IModule> modules)
{
    // The bus is no module, but somebody has to look after its queues.
    private static readonly Permission[] OfTheBus =
    [
        new(MessagingPermissions.Read, PermissionKind.Read, Roles.Administrator),
        new(MessagingPermissions.Manage, PermissionKind.Act, Roles.Administrator),
    ];

    // Nor are the lists, whose views everybody keeps.
    private static readonly Permission[] OfTheLists = [new(ListPermissions.Views, PermissionKind.Act, [.. Roles.All])];

    // Nor is outgoing mail, which every module may cause.
    private static readonly Permission[] OfTheMail =
    [
        new(MailPermissions.Read, PermissionKind.Read, Roles.Office, Roles.Administrator),
        new(MailPermissions.Decide, PermissionKind.Act, Roles.Office, Roles.Administrator),
        new(MailPermissions.Test, PermissionKind.Act, Roles.Administrator),
    ];

    private readonly IReadOnlyList<Permission> _all = [.. modules.SelectMany(m => m.Permissions), .. OfTheBus, .. OfTheLists, .. OfTheMail];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Permission> All => _all;

    /// <summary>What the holder of these roles may do.</summary>
    public IReadOnlySet<string> HeldBy(params IReadOnlyCollection<string> roles) =>
        _all.Where(p => p.Roles.Any(roles.Contains)).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of a kind.</summary>
    public IReadOnlySet<string> Of(PermissionKind kind) => _all.Where(p => p.Kind == kind).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
}
