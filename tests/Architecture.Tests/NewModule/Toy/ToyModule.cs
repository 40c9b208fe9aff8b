using Association.Platform.Web.Components;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Toy;

/// <summary>The smallest module that a person can use: notes, written by a command and shown on a page.</summary>
public sealed class ToyModule : IModule
{
    internal const string Read = "toy.notes.read";
    internal const string Write = "toy.notes.write";
    internal const string Page = ShellPages.Today + "/toy";

    /// <inheritdoc/>
    public string Name => "toy";

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> Menu => [new MenuEntry("Menu.Notes", Page, "file", Read, 800, typeof(ToyTexts))];

    /// <inheritdoc/>
    public IReadOnlyList<Permission> Permissions => [new(Read, PermissionKind.Read, Roles.Office, Roles.Board), new(Write, PermissionKind.Act, Roles.Office)];

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
