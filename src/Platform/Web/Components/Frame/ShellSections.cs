namespace Association.Platform.Web.Components;

/// <summary>Places of the shell that a page fills.</summary>
public static class ShellSections
{
    /// <summary>The number beside <em>Heute</em>, filled by <em>Heute</em> itself with what it lists.</summary>
    public const string OpenTasks = "open-tasks";
}
