using Association.Platform.Data.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Association.Platform.Web.Components;

/// <summary>
/// A list for paper: all rows of its filter instead of a page of them, without menu, buttons and filter form. Its address is that of the list with
/// <c>print=1</c>; the stylesheet lays it out on A4, upright or across.
/// </summary>
public static class PrintView
{
    /// <summary>The query parameter.</summary>
    public const string Parameter = "print";

    /// <summary>Rows at most; whoever needs more takes the workbook.</summary>
    public const int Most = PageWindow.Most;

    /// <summary>Whether this address asks for paper.</summary>
    public static bool IsPrintView(this NavigationManager nav)
    {
        ArgumentNullException.ThrowIfNull(nav);
        return QueryHelpers.ParseQuery(new Uri(nav.Uri).Query).ContainsKey(Parameter);
    }

    /// <summary>How many rows the page reads: all of them for paper.</summary>
    /// <param name="nav">Of the page.</param>
    /// <param name="size">Rows a page on the screen.</param>
    public static int PageSize(this NavigationManager nav, int size) => nav.IsPrintView() ? Most : size;

    /// <summary>The print view of this list, from its first row.</summary>
    public static string PrintHref(this NavigationManager nav) => nav.With((Parameter, 1), ("after", null), ("before", null), ("size", null));
}
