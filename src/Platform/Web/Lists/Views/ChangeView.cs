using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Lists.Views;

/// <summary>Renames a view, shares it or takes it back, makes it the person's first.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">The name.</param>
/// <param name="Shared">For the office. A shared view that is taken back becomes the own view of whoever does that.</param>
/// <param name="First">The person wants to see it first.</param>
[Permission(ListPermissions.Views)]
public sealed record ChangeView(Guid Id, string Name, bool Shared, bool First) : ICommand;

internal static class ChangeViewHandler
{
    public static Task<SavedView?> LoadAsync(ChangeView command, IUnitOfWork unit, CurrentUser user, CancellationToken ct) =>
        ViewReading.LockAsync(unit, user, command.Id, ct);

    public static Problem? Validate(
        ChangeView command,
        SavedView? view,
        IEnumerable<IFilteredList> lists,
        CurrentUser user,
        IStringLocalizer<ListTexts> texts
    ) =>
        view is not { DeletedAt: null } || lists.Readable(view.List, user) is null
            ? new Problem("", texts["Problem.Gone"])
            : ViewReading.CheckName(ViewReading.Tidy(command.Name), texts);

    public static async Task HandleAsync(
        ChangeView command,
        SavedView view,
        IUnitOfWork unit,
        CurrentUser user,
        IStringLocalizer<ListTexts> texts,
        CancellationToken ct
    )
    {
        var name = ViewReading.Tidy(command.Name);
        await ViewReading.NamedAsync(
            unit,
            """
            update platform.saved_view
               set name = @name, shared = @Shared,
                   owner_id = case when shared and not @Shared then @me else owner_id end, owner_name = case when shared and not @Shared then @by
                     else owner_name end
             where id = @Id
            """,
            new
            {
                name,
                command.Shared,
                command.Id,
                me = user.Id.Value,
                by = user.Actor.Name,
            },
            name,
            texts,
            ct
        );
        await ViewReading.SetDefaultAsync(unit, user, view.Id, view.List, command.First, ct);
        if (view.Shared && !command.Shared) // nobody else sees it any more
            await unit.Connection.ExecuteAsync(
                new CommandDefinition(
                    "delete from platform.default_view where view_id = @Id and owner_id <> @me",
                    new { command.Id, me = user.Id.Value },
                    unit.Transaction,
                    cancellationToken: ct
                )
            );
    }
}
