using Association.Platform.Data.Users;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Modules;

/// <summary>An entry as this person sees it on this page.</summary>
/// <param name="Text">In the reader's language.</param>
/// <param name="Href">Where.</param>
/// <param name="Icon">Symbol of the sprite.</param>
/// <param name="Current">Whether this page lies there, and nowhere deeper.</param>
/// <param name="Administration">Whether it stands below <em>Verwaltung</em>.</param>
/// <param name="Children">Shown only while the page lies in this part.</param>
public sealed record ShellMenuItem(string Text, string Href, string Icon, bool Current, bool Administration, IReadOnlyList<ShellMenuItem> Children);

/// <summary>The menus that the modules contribute, filtered by what the person may.</summary>
public sealed class ShellMenu(IEnumerable<IModule> modules, IStringLocalizerFactory texts)
{
    private const int FirstOfAdministration = 900;

    /// <summary>The menu at the side.</summary>
    public IReadOnlyList<ShellMenuItem> For(Actor actor, string path)
    {
        var entries = modules.SelectMany(m => m.Menu).OrderBy(e => e.Order).Where(e => MayOpen(e, actor)).ToList();
        var here = entries
            .SelectMany(e => e.Children.Where(c => actor.May(c.Permission)).Select(c => c.Href).Append(e.Href))
            .Where(href => path == href || path.StartsWith(href + "/", StringComparison.Ordinal))
            .MaxBy(href => href.Length);
        return [.. entries.Select(e => Item(e, actor, here))];
    }

    /// <summary>What the person may begin.</summary>
    public IReadOnlyList<ShellMenuItem> New(Actor actor) =>
        [.. modules.SelectMany(m => m.New).OrderBy(e => e.Order).Where(e => actor.May(e.Permission)).Select(e => Item(e, actor, here: null))];

    private static bool MayOpen(MenuEntry entry, Actor actor) => actor.May(entry.Permission) || entry.Children.Any(c => actor.May(c.Permission));

    private ShellMenuItem Item(MenuEntry entry, Actor actor, string? here)
    {
        var children = entry.Children.Where(c => actor.May(c.Permission)).ToList();
        var inside = here is not null && (here == entry.Href || children.Any(c => c.Href == here));
        var shown = inside ? children.Select(c => Item(c, actor, here)).ToList() : [];
        // Who may not open the entry itself is led to the first page below it.
        var href = actor.May(entry.Permission) ? entry.Href : children[0].Href;
        return new(
            texts.Create(entry.Texts)[entry.TextKey],
            href,
            entry.Icon,
            inside && shown.All(c => !c.Current),
            entry.Order >= FirstOfAdministration,
            shown
        );
    }
}
