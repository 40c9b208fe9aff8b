using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web.Lists;

/// <summary>A list whose filter, order and columns stand in its address, so that a view of it can be kept under a name.</summary>
[Contribution]
public interface IFilteredList
{
    /// <summary>Stable name: <c>membership.members</c>.</summary>
    string Name { get; }

    /// <summary>What a person calls it, in the reader's language.</summary>
    string Title { get; }

    /// <summary>The page of the list: <c>/office/members</c>.</summary>
    string Path { get; }

    /// <summary>Who may read it.</summary>
    string Permission { get; }

    /// <summary>
    /// What the list understands of an address, written in its own order and without „?“: parameters that it does not know, values that it cannot
    /// read and the place of a page fall away. Two addresses that show the same give the same text.
    /// </summary>
    string Canonical(IQueryCollection query);

    /// <summary>How many rows a canonical address shows.</summary>
    Task<int> CountAsync(string canonical, CancellationToken ct);
}

/// <summary>Addresses of lists.</summary>
public static class ListQuery
{
    /// <summary>Says „nothing filtered“ where an address without any query would mean the person's own first view.</summary>
    public const string Everything = "view=all";

    /// <summary>Reads a query string, with or without „?“.</summary>
    public static IQueryCollection Parse(string? query) => new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query));

    /// <summary>The address of a list.</summary>
    public static string Href(string path, string canonical) => path + "?" + (canonical.Length == 0 ? Everything : canonical);
}
