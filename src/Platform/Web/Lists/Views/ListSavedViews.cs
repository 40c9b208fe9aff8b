using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;

namespace Association.Platform.Web.Lists.Views;

/// <summary>The views that the person has on lists that he or she may read: the shared ones and the own.</summary>
/// <param name="List">Of this list only; null for all.</param>
/// <param name="WithCounts">Whether to count what each shows.</param>
[Permission(ListPermissions.Views)]
public sealed record ListSavedViews(string? List = null, bool WithCounts = false) : IQuery<IReadOnlyList<SavedView>>;

internal static class ListSavedViewsHandler
{
    public static async Task<IReadOnlyList<SavedView>> HandleAsync(
        ListSavedViews query,
        OfficeDatabase database,
        CurrentUser user,
        IEnumerable<IFilteredList> lists,
        CancellationToken ct
    )
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await ViewReading.FindAsync(connection, null, user, "v.deleted_at is null and (@List is null or v.list = @List)", new { query.List }, ct);
        var views = new List<SavedView>(found.Count);
        foreach (var view in found)
            if (lists.Readable(view.List, user) is { } list)
                views.Add(query.WithCounts ? view with { Count = await list.CountAsync(view.Query, ct) } : view);
        return views;
    }
}

/// <summary>The view with which the person wants to open a list; null when everything is to be shown.</summary>
[Permission(ListPermissions.Views)]
public sealed record FindDefaultView(string List) : IQuery<SavedView?>;

internal static class FindDefaultViewHandler
{
    public static async Task<SavedView?> HandleAsync(FindDefaultView query, OfficeDatabase database, CurrentUser user, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return (
            await ViewReading.FindAsync(connection, null, user, "v.deleted_at is null and v.list = @List and d.view_id is not null", new { query.List }, ct)
        ).SingleOrDefault();
    }
}

/// <summary>A view by its id, also a deleted one; null when there is none that the person may see.</summary>
[Permission(ListPermissions.Views)]
public sealed record ReadSavedView(Guid Id) : IQuery<SavedView?>;

internal static class ReadSavedViewHandler
{
    public static async Task<SavedView?> HandleAsync(
        ReadSavedView query,
        OfficeDatabase database,
        CurrentUser user,
        IEnumerable<IFilteredList> lists,
        CancellationToken ct
    )
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var view = (await ViewReading.FindAsync(connection, null, user, "v.id = @Id", new { query.Id }, ct)).SingleOrDefault();
        return view is not null && lists.Readable(view.List, user) is { } list ? view with { Count = await list.CountAsync(view.Query, ct) } : null;
    }
}
