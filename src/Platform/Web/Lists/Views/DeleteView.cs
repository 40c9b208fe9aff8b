using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Lists.Views;

/// <summary>Deletes a view. It can be brought back for thirty days.</summary>
[Permission(ListPermissions.Views)]
public sealed record DeleteView(Guid Id) : ICommand;

internal static class DeleteViewHandler
{
    public static Task<SavedView?> LoadAsync(DeleteView command, IUnitOfWork unit, CurrentUser user, CancellationToken ct) =>
        ViewReading.LockAsync(unit, user, command.Id, ct);

    public static Problem? Validate(DeleteView _, SavedView? view, IEnumerable<IFilteredList> lists, CurrentUser user, IStringLocalizer<ListTexts> texts) =>
        view is null || lists.Readable(view.List, user) is null ? new Problem("", texts["Problem.Gone"]) : null;

    public static Task HandleAsync(DeleteView command, IUnitOfWork unit, TimeProvider clock, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                update platform.saved_view set deleted_at = @now where id = @Id and deleted_at is null;
                delete from platform.default_view where view_id = @Id;
                delete from platform.saved_view where deleted_at < @old;
                """,
                new
                {
                    command.Id,
                    now = clock.GetUtcNow(),
                    old = clock.GetUtcNow().AddDays(-ViewReading.DaysToRestore),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

/// <summary>Brings a deleted view back.</summary>
[Permission(ListPermissions.Views)]
public sealed record RestoreView(Guid Id) : ICommand;

internal static class RestoreViewHandler
{
    public static Task<SavedView?> LoadAsync(RestoreView command, IUnitOfWork unit, CurrentUser user, CancellationToken ct) =>
        ViewReading.LockAsync(unit, user, command.Id, ct);

    public static Problem? Validate(RestoreView _, SavedView? view, IEnumerable<IFilteredList> lists, CurrentUser user, IStringLocalizer<ListTexts> texts) =>
        view is null || lists.Readable(view.List, user) is null ? new Problem("", texts["Problem.Gone"]) : null;

    public static Task HandleAsync(RestoreView command, SavedView view, IUnitOfWork unit, IStringLocalizer<ListTexts> texts, CancellationToken ct) =>
        ViewReading.NamedAsync(unit, "update platform.saved_view set deleted_at = null where id = @Id", new { command.Id }, view.Name, texts, ct);
}
