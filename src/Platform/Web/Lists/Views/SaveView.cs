using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Lists.Views;

/// <summary>Keeps what a list shows, under a new name or in place of a view that exists.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Query">The query string of its address; only what the list itself understands is kept.</param>
/// <param name="Name">What it is to be called; of a replaced view empty for the present name.</param>
/// <param name="Shared">For everybody in the office who may read the list.</param>
/// <param name="First">The person wants to see it first.</param>
/// <param name="Replaces">The view whose filter, order and columns become these.</param>
[Permission(ListPermissions.Views)]
public sealed record SaveView(string List, string Query, string Name, bool Shared = false, bool First = false, Guid? Replaces = null) : ICommand;

internal static class SaveViewHandler
{
    public static Task<SavedView?> LoadAsync(SaveView command, IUnitOfWork unit, CurrentUser user, CancellationToken ct) =>
        command.Replaces is { } id ? ViewReading.LockAsync(unit, user, id, ct) : Task.FromResult<SavedView?>(null);

    public static Problem? Validate(
        SaveView command,
        SavedView? replaced,
        IEnumerable<IFilteredList> lists,
        CurrentUser user,
        IStringLocalizer<ListTexts> texts
    )
    {
        if (lists.Readable(command.List, user) is null)
            return new Problem("", texts["Problem.NoList"]);
        if (command.Replaces is null)
            return ViewReading.CheckName(ViewReading.Tidy(command.Name), texts);
        return replaced is { DeletedAt: null } && replaced.List == command.List ? null : new Problem(nameof(command.Replaces), texts["Problem.Gone"]);
    }

    public static async Task<SavedView> HandleAsync(
        SaveView command,
        SavedView? replaced,
        IUnitOfWork unit,
        IEnumerable<IFilteredList> lists,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<ListTexts> texts,
        CancellationToken ct
    )
    {
        var query = lists.Readable(command.List, user)!.Canonical(ListQuery.Parse(command.Query));
        if (query.Length > 2000)
            throw new ProblemsException(texts["Problem.TooLong"]);
        var view = replaced is null
            ? new SavedView(Guid.CreateVersion7(), command.List, ViewReading.Tidy(command.Name), query, user.Actor.Name, command.Shared, command.First, null)
            : replaced with
            {
                Query = query,
            };
        await ViewReading.NamedAsync(
            unit,
            """
            insert into platform.saved_view (id, list, name, query, owner_id, owner_name, shared, created_at)
            values (@Id, @List, @Name, @Query, @me, @OwnerName, @Shared, @now)
            on conflict (id) do update set query = excluded.query
            """,
            new
            {
                view.Id,
                view.List,
                view.Name,
                view.Query,
                view.OwnerName,
                view.Shared,
                me = user.Id.Value,
                now = clock.GetUtcNow(),
            },
            view.Name,
            texts,
            ct
        );
        if (command.First)
            await ViewReading.SetDefaultAsync(unit, user, view.Id, view.List, true, ct);
        return view;
    }
}
