using Association.Platform.Data.Lists;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Association.Platform.Web.Lists;

/// <summary>A list as it stands in its address.</summary>
/// <param name="Filter">Which rows.</param>
/// <param name="Sort">The order; null for the usual one.</param>
/// <param name="Columns">What is shown.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Before">The rows ahead of this edge.</param>
public sealed record ListAddress<TFilter, TColumn>(TFilter Filter, string? Sort, ColumnChoice<TColumn> Columns, string? After = null, string? Before = null)
    where TColumn : struct, Enum;

/// <summary>
/// What a module declares of a list: filters, columns, orders. Address, saved views, headings, chips, pages by key and the workbook follow from it.
/// </summary>
/// <typeparam name="TFilter">Which rows.</typeparam>
/// <typeparam name="TColumn">Names the columns.</typeparam>
/// <typeparam name="TRow">A row.</typeparam>
public abstract class FilteredList<TFilter, TColumn, TRow> : IFilteredList
    where TColumn : struct, Enum
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract string Path { get; }

    /// <inheritdoc/>
    public abstract string Permission { get; }

    /// <summary>The filters.</summary>
    public abstract ListFields<TFilter> Fields { get; }

    /// <summary>The columns.</summary>
    public abstract ListColumns<TColumn, TRow> Columns { get; }

    /// <summary>The orders.</summary>
    public abstract ListOrders Orders { get; }

    /// <summary>How many rows a filter lets through.</summary>
    protected abstract Task<int> CountAsync(TFilter filter, CancellationToken ct);

    /// <inheritdoc/>
    public Task<int> CountAsync(string canonical, CancellationToken ct) => CountAsync(Fields.Read(ListQuery.Parse(canonical)), ct);

    /// <inheritdoc/>
    public string Canonical(IQueryCollection query) => Write(Read(query));

    /// <summary>What the list understands of an address.</summary>
    public ListAddress<TFilter, TColumn> Read(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(Fields.Read(query), Orders.Tidy(query["sort"]), ColumnChoice.Read(query, Columns.Standard, Columns.Always), query["after"], query["before"]);
    }

    /// <summary>Filter, order and columns as the address writes them, without „?“; empty for the list as it is.</summary>
    public string Write(ListAddress<TFilter, TColumn> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var query = new QueryBuilder();
        foreach (var (key, value) in Fields.Write(list.Filter))
            query.Add(key, value);
        if (list.Sort is { } sort)
            query.Add("sort", sort);
        if (list.Columns.Text is { } columns)
            query.Add(ColumnChoice.Parameter, columns);
        return query.ToString().TrimStart('?');
    }

    /// <summary>The link to the list with this filter, order and columns.</summary>
    public string Href(ListAddress<TFilter, TColumn> list) => ListQuery.Href(Path, Write(list));

    /// <summary>The list as it was when something was begun with its rows: filter, order, columns and page.</summary>
    /// <param name="query">Of what was begun.</param>
    public string Back(IQueryCollection query) => ListReturn.Read(query, Path, Href(Read(query)));

    /// <summary>Whether some rows are left out.</summary>
    public bool IsFiltered(ListAddress<TFilter, TColumn> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return !Equals(list.Filter, Fields.None);
    }

    /// <summary>What the list's page was asked for; null when the browser was sent on: to the person's own first view, or from the form of the columns to the
    /// short address.</summary>
    public async Task<ListAddress<TFilter, TColumn>?> OpenAsync(HttpContext context, IMessageBus bus, CurrentUser user, NavigationManager nav)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(nav);
        var asked = context.Request.Query;
        if (asked.Count == 0 && user.Actor.May(ListPermissions.Views) && await bus.QueryAsync(new FindDefaultView(Name)) is { Query.Length: > 0 } first)
        {
            nav.NavigateTo(ListQuery.Href(Path, first.Query));
            return null;
        }
        var list = Read(asked);
        if (!list.Columns.IsFromForm)
            return list;
        nav.NavigateTo(Href(list));
        return null;
    }

    /// <summary>Writes the workbook: the columns of the page in its order, and rows as the database answers them.</summary>
    /// <returns>How many rows are in it.</returns>
    public Task<int> WriteAsync(Stream output, IReadOnlyList<TColumn> shown, IAsyncEnumerable<TRow> rows, DateTimeOffset now, CancellationToken ct) =>
        SpreadsheetWriter.WriteAsync(output, Title, now, Columns.Sheet(shown), rows, ct);
}
