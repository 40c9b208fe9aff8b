using Association.Platform.Web.Components;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Association.Platform.Web.Lists;

/// <summary>
/// The way back to a list from what was done with some of its rows: filter, order, columns and page as they were. Whatever is begun on a list carries the
/// list's address with it.
/// </summary>
public static class ListReturn
{
    /// <summary>The query parameter.</summary>
    public const string Parameter = "back";

    // The rows that were ticked stand in the same address, which has at most 8 kB.
    private const int Longest = 2000;

    /// <summary>What to carry along from the list that is shown; null when its address is too long to be carried.</summary>
    public static string? Of(NavigationManager nav) => nav.Here() is { Length: <= Longest } here ? here : null;

    /// <summary>The address of something begun on a list, with the way back.</summary>
    /// <param name="href">With or without query.</param>
    /// <param name="back">The list.</param>
    public static string Add(string href, string? back)
    {
        ArgumentNullException.ThrowIfNull(href);
        return back is null ? href : $"{href}{(href.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}={Uri.EscapeDataString(back)}";
    }

    /// <summary>Where an address leads back to.</summary>
    /// <param name="query">Of what was begun.</param>
    /// <param name="list">The list's path; nothing else is led to.</param>
    /// <param name="otherwise">Without a way back that leads there.</param>
    public static string Read(IQueryCollection query, string list, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(query[Parameter], list, otherwise);
    }

    /// <summary>Where this page leads back to: the list as it was, or its beginning.</summary>
    public static string Read(NavigationManager nav, string list)
    {
        ArgumentNullException.ThrowIfNull(nav);
        return Read(QueryHelpers.ParseQuery(new Uri(nav.Uri).Query).GetValueOrDefault(Parameter), list, list);
    }

    /// <summary>The same, of the parameter's value.</summary>
    public static string Read(string? value, string list, string otherwise)
    {
        var back = LocalPath.Or(value, otherwise);
        return back == list || back.StartsWith(list + "?", StringComparison.Ordinal) ? back : otherwise;
    }
}
