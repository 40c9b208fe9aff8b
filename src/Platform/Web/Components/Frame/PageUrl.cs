using Microsoft.AspNetCore.Components;

namespace Association.Platform.Web.Components;

/// <summary>Links that keep the state of a page in its address.</summary>
public static class PageUrl
{
    /// <summary>This page with some query parameters set, or removed by null.</summary>
    public static string With(this NavigationManager nav, params (string Key, object? Value)[] changes)
    {
        var uri = nav.GetUriWithQueryParameters(
            changes.ToDictionary(c => c.Key, c => c.Value is { } v ? (object)Convert.ToString(v, System.Globalization.CultureInfo.InvariantCulture)! : null)
        );
        return new Uri(uri).PathAndQuery;
    }

    /// <summary>This page as it is shown, with its query: where a form leads back to that leaves filter and page alone.</summary>
    public static string Here(this NavigationManager nav) => new Uri(nav.Uri).PathAndQuery;

    /// <summary>The path of this page, without query.</summary>
    public static string Path(this NavigationManager nav) => new Uri(nav.Uri).AbsolutePath;
}
