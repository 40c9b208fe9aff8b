using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Platform.Web.Lists.Views;

/// <summary>A list's filter, order and columns under a name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="List">The name of the list.</param>
/// <param name="Name">What the person called it.</param>
/// <param name="Query">As the list writes its address; empty for everything.</param>
/// <param name="OwnerName">Who made it; that person may have left the office since.</param>
/// <param name="Shared">Everybody who may read the list sees it and may change it. Otherwise only its owner does.</param>
/// <param name="IsDefault">The reader sees it first when opening the list.</param>
/// <param name="DeletedAt">When it was deleted; null while it stands.</param>
public sealed record SavedView(Guid Id, string List, string Name, string Query, string OwnerName, bool Shared, bool IsDefault, DateTimeOffset? DeletedAt)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 60;

    /// <summary>How many rows it shows; null when that was not asked.</summary>
    public int? Count { get; init; }
}

/// <summary>Reads what one person may see: the own views and the shared ones.</summary>
internal static class ViewReading
{
    /// <summary>How long a deleted view can be brought back.</summary>
    public const int DaysToRestore = 30;

    public static async Task<IReadOnlyList<SavedView>> FindAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        CurrentUser user,
        string where,
        object? parameters,
        CancellationToken ct
    )
    {
        var all = new DynamicParameters(parameters);
        all.Add("me", user.Actor.Id?.Value);
        var rows = await connection.QueryAsync<(Guid Id, string List, string Name, string Query, string Owner, bool Shared, bool IsDefault, DateTime? Deleted)>(
            new CommandDefinition(
                $"""
                select v.id, v.list, v.name, v.query, v.owner_name, v.shared, d.view_id is not null, v.deleted_at
                  from platform.saved_view v left join platform.default_view d on d.view_id = v.id and d.owner_id = @me
                 where (v.shared or v.owner_id = @me) and {where}
                 order by v.list, v.shared desc, v.name collate "de-DE-x-icu", v.id
                """,
                all,
                transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new SavedView(
                r.Id,
                r.List,
                r.Name,
                r.Query,
                r.Owner,
                r.Shared,
                r.IsDefault,
                r.Deleted is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null
            )),
        ];
    }

    /// <summary>The view, locked; null when there is none, or when it is somebody else's.</summary>
    public static async Task<SavedView?> LockAsync(IUnitOfWork unit, CurrentUser user, Guid id, CancellationToken ct)
    {
        await unit.Connection.ExecuteAsync(
            new CommandDefinition("select from platform.saved_view where id = @id for update", new { id }, unit.Transaction, cancellationToken: ct)
        );
        return (await FindAsync(unit.Connection, unit.Transaction, user, "v.id = @id", new { id }, ct)).SingleOrDefault();
    }

    /// <summary>The list of that name, if the person may read it.</summary>
    public static IFilteredList? Readable(this IEnumerable<IFilteredList> lists, string name, CurrentUser user) =>
        lists.SingleOrDefault(l => l.Name == name && user.Actor.May(l.Permission));

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static Problem? CheckName(string name, IStringLocalizer<ListTexts> texts) =>
        name.Length == 0 ? new Problem("Name", texts["Problem.NameMissing"])
        : name.Length > SavedView.LongestName ? new Problem("Name", texts["Problem.NameTooLong", name.Length, SavedView.LongestName])
        : null;

    /// <summary>Blanks made single, nothing that does not print.</summary>
    public static string Tidy(string? name) =>
        string.Join(' ', string.Concat((name ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs a statement that gives a view its name; a name that is taken is a problem of the form.</summary>
    public static async Task NamedAsync(IUnitOfWork unit, string sql, object parameters, string name, IStringLocalizer<ListTexts> texts, CancellationToken ct)
    {
        try
        {
            await unit.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, unit.Transaction, cancellationToken: ct));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new ProblemsException([new Problem("Name", texts["Problem.NameTaken", name])]);
        }
    }

    /// <summary>Makes it what the person sees first, or no longer.</summary>
    public static Task SetDefaultAsync(IUnitOfWork unit, CurrentUser user, Guid view, string list, bool first, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                first
                    ? "insert into platform.default_view (owner_id, list, view_id) values (@me, @list, @view) on conflict (owner_id, list) do update set view_id = excluded.view_id"
                    : "delete from platform.default_view where owner_id = @me and list = @list and view_id = @view",
                new
                {
                    me = user.Id.Value,
                    list,
                    view,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
