using Association.Platform.Messaging;
using Association.Platform.Web.Lists;

namespace Association.Platform.Web.Modules;

/// <summary>Every permission that the installed modules declare, and which roles hold them from the start.</summary>
public sealed class PermissionCatalog(IEnumerable<IModule> modules)
{
    // The bus is no module, but somebody has to look after its queues.
    private static readonly Permission[] OfTheBus = [new(MessagingPermissions.Read, Roles.Administrator), new(MessagingPermissions.Manage, Roles.Administrator)];

    // Nor are the lists, whose views everybody keeps.
    private static readonly Permission[] OfTheLists = [new(ListPermissions.Views, [.. Roles.All])];

    private readonly IReadOnlyList<Permission> _all = [.. modules.SelectMany(m => m.Permissions), .. OfTheBus, .. OfTheLists];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Permission> All => _all;

    /// <summary>What the holder of these roles may do.</summary>
    public IReadOnlySet<string> HeldBy(params IReadOnlyCollection<string> roles) =>
        _all.Where(p => p.Roles.Any(roles.Contains)).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>What changes nothing: the names that end in <c>.read</c>.</summary>
    public IReadOnlySet<string> Reading => _all.Select(p => p.Name).Where(n => n.EndsWith(".read", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
}
