namespace Association.Platform.Web.Components;

/// <summary>Addresses that belong to no module: where the office and the public site begin, and what the shell and the lists bring along.</summary>
public static class ShellPages
{
    /// <summary>The public site.</summary>
    public const string Home = "/";

    /// <summary>The office, with what is due.</summary>
    public const string Today = "/office";

    /// <summary>The one search box.</summary>
    public const string Search = Today + "/search";

    /// <summary>Every component in every state.</summary>
    public const string Components = Today + "/components";

    /// <summary>The kept views of the person.</summary>
    public const string Views = Today + "/views";

    /// <summary>One kept view.</summary>
    public static string View(Guid id) => $"{Views}/{id}";

    /// <summary>Where the view that is open is kept.</summary>
    public static string NewView(string list, string query) => $"{Views}/new?list={list}&query={Uri.EscapeDataString(query)}";
}
